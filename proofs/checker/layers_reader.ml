(* Certificates of kind layers, for theories/Layerwise.v. *)
open Lines
open Numbers
open Network
open Check_certificate

(* `[a,b]` with a < b *)
let interval text =
  match (String.index_opt text ',', String.length text) with
  | Some comma, n when text.[n - 1] = ']' ->
      let low = rational (String.sub text 1 (comma - 1)) and high = rational (String.sub text (comma + 1) (n - comma - 2)) in
      if q_leb high low then fail "an interval [a,b] has a < b";
      (low, high)
  | _ -> fail ("expected an interval [a,b], found " ^ text)

let half a = q_mul a { qnum = Integer.one; qden = Integer.of_int 2 }

(* A box as centre and radius *)
let read_box numbers dimension =
  let rec go last centre radius = function
    | [] -> (List.rev centre, List.rev radius)
    | token :: rest ->
        let i, text = side dimension last token in
        let at = Integer.of_int i in
        if text <> "" && text.[0] = '[' then begin
          let low, high = interval text in
          let middle = half (q_add low high) in
          let centre = if Integer.sign middle.qnum = 0 then centre else (at, numbers.of_rational middle) :: centre in
          go i centre ((at, numbers.of_rational (half (q_add high (q_opp low)))) :: radius) rest
        end
        else begin
          let a = numbers.parse text in
          if numbers.is_zero a then fail "zeros are left out";
          go i ((at, a) :: centre) radius rest
        end
  in
  go (-1) [] [] (line_of "region")

(* `steps N` or `meets N`, then lines of a pair and its value; the pairs increase. *)
let read_pairs heading word first_bound second_bound value_bound =
  let last = ref (-1, -1) in
  times (one_count heading) (fun () ->
    match line_of word with
    | [ a; b; c ] ->
        let a = index first_bound a and b = index second_bound b in
        if compare (a, b) !last <= 0 then fail (heading ^ " increase");
        last := (a, b);
        (a, b, index value_bound c)
    | _ -> fail ("expected three numbers after " ^ word))

(* A table of tables *)
let two_keys value pairs =
  List.fold_left (fun table (a, b, c) ->
      let key = Integer.of_int a in
      let row = Option.value ~default:empty_table (find0 table key) in
      add_table key (add_table (Integer.of_int b) (value a b c) row) table)
    empty_table pairs

let read_region_layer numbers contexts_before text =
  let count_of_regions, start =
    match line_of "regions" with
    | [ n; "start"; r ] -> let n = count n in if n = 0 then fail "there is a region"; (n, index n r)
    | _ -> fail "expected regions N start R"
  in
  let boxes = times count_of_regions (fun () -> read_box numbers text.inner) in
  let steps = read_pairs "steps" "step" count_of_regions text.symbols count_of_regions in
  let contexts = one_count "contexts" in
  let meets = read_pairs "meets" "meet" contexts_before count_of_regions contexts in
  let big = Integer.of_int in
  ( { base = layer_of text; regions = table_of_list boxes; start_region = big start;
      region_steps = two_keys (fun a b c -> { from = big a; symbol = big b; to0 = big c }) steps;
      contexts = big contexts; meets = two_keys (fun _ r c -> (big r, big c)) meets },
    contexts )

(* Whether it is proved, and the number of contexts of the last layer. *)
let read_and_check numbers check claim =
  let letters = read_letters () in
  let l_automaton, states = read_automaton letters in
  let network = read_network numbers claim letters in
  let contexts = ref 1 in
  let l_layers = List.map (fun text ->
    let layer, here = read_region_layer numbers !contexts text in
    contexts := here;
    layer) network.blocks in
  if one_count "meaning" <> !contexts then fail "expected the meaning of each context of the last layer";
  let meaning = times !contexts (fun () -> List.map Integer.of_int (increasing states (line_of "meaning"))) in
  nothing_left (line_of "end");
  expect_end ();
  if !misplaced then raise (Not_proved "a matrix is not of the class that is claimed");
  let holds =
    check
      { l_letters = Integer.of_int letters; l_automaton; l_layers; l_accept_outputs = accept_table network.accept;
        l_accept_empty = network.accept_empty; meaning = table_of_list meaning }
  in
  (holds, List.length l_layers)
