(* Certificates of kind numeric, for theories/Numeric.v and Chunks.v: the arithmetic that is named, and the states as numbers of a format. *)
open Lines
open Numbers
open Network
open Check_certificate

let two_to k = Integer.shift_left Integer.one k

(* A format, and how wide its codes are. *)
type coded = {
  format : format;
  bits : int;
  exponent_bits : int;
  negative_zero_is_nan : bool;
  signed : bool;
}

let floats =
  [ ("f64", (11, 52, 1023, `Both)); ("f32", (8, 23, 127, `Both)); ("tf32", (8, 10, 127, `Both)); ("fp16", (5, 10, 15, `Both));
    ("bf16", (8, 7, 127, `Both)); ("e4m3", (4, 3, 7, `NaN)); ("e4m3-ieee", (4, 3, 7, `Both)); ("e4m3-fnuz", (4, 3, 8, `Zero));
    ("e5m2", (5, 2, 15, `Both)); ("e5m2-fnuz", (5, 2, 16, `Zero)); ("e3m2", (3, 2, 3, `None)); ("e2m3", (2, 3, 1, `None));
    ("e2m1", (2, 1, 1, `None)) ]

let float_format name =
  match List.assoc_opt name floats with
  | None -> fail (name ^ " is no float format")
  | Some (exponent_bits, fraction, bias, kind) ->
      let lowest = 1 - bias in
      (* the largest: all fields of exponents and fractions in use, less what infinities and NaN take *)
      let field = (1 lsl exponent_bits) - if kind = `Both then 2 else 1 in
      let significand = (1 lsl (fraction + 1)) - if kind = `NaN then 2 else 1 in
      let largest = (Integer.of_int significand, Integer.of_int (lowest - fraction + field - 1)) in
      let specials = match kind with `Both -> InfinityAndNaN | `NaN | `Zero -> OnlyNaN | `None -> Neither in
      { format =
          { is_float = true; fraction = Integer.of_int fraction; lowest = Integer.of_int lowest; specials; largest; least = largest;
            wraps = None };
        bits = 1 + exponent_bits + fraction; exponent_bits; negative_zero_is_nan = kind = `Zero; signed = true }

let fixed_format integer fraction signed wraps =
  let bits = integer + fraction + if signed then 1 else 0 in
  if integer > 62 || fraction > 62 || bits < 1 || bits > 62 then fail "expected from 1 to 62 bits, the sign counted";
  let e = Integer.of_int (-fraction) in
  let magnitude = two_to (integer + fraction) in
  { format =
      { is_float = false; fraction = Integer.of_int fraction; lowest = Integer.zero; specials = Neither;
        largest = (Integer.pred magnitude, e); least = ((if signed then magnitude else Integer.zero), e);
        wraps = (if wraps then Some (Integer.of_int bits) else None) };
    bits; exponent_bits = 0; negative_zero_is_nan = false; signed }

(* `float:FORMAT[,PLAN]`, `fixed:I.F`, `int:N`, `uint:N`: the plan, the format of states, and the letters of a chunk if there are chunks *)
let read_plan () =
  let text = match line_of "semantics" with [ text ] -> text | _ -> fail "expected one semantics" in
  let split separator text =
    match String.index_opt text separator with
    | None -> (text, None)
    | Some i -> (String.sub text 0 i, Some (String.sub text (i + 1) (String.length text - i - 1)))
  in
  let same f =
    { parameters = f; products = f; sums = f; operations = f; states = f; in_pairs = false; fused = false; normalised = false } in
  let whole (plan, coded) = (plan, coded, None) in
  match split ':' text with
  | "float", Some rest -> (
      let name, plan = split ',' rest in
      let coded = float_format name in
      let wide = float_format (if name = "f64" then "f64" else "f32") in
      let all = same coded.format and w = wide.format in
      let kernel = { all with products = w; sums = w; operations = w; states = w; in_pairs = true; normalised = true } in
      match Option.map (split ':') plan with
      | None | Some ("all-same", None) -> whole (all, coded)
      | Some ("pytorch-loop", None) -> whole ({ all with products = w; sums = w }, coded)
      | Some ("fla-recurrent", None) -> whole ({ kernel with fused = true }, wide)
      | Some ("fla-chunk", letters) ->
          let chunk = match letters with None -> 64 | Some n -> count n in
          if chunk < 1 || chunk > 1024 then fail "expected from 1 to 1024 letters a chunk";
          (kernel, wide, Some chunk)
      | Some ("stochastic", None) -> raise (Unsupported ("semantics " ^ text))
      | Some _ -> fail ("no rounding plan: " ^ text))
  | "fixed", Some rest -> (
      match split '.' rest with
      | integer, Some fraction ->
          let coded = fixed_format (count integer) (count fraction) true false in
          whole (same coded.format, coded)
      | _ -> fail "expected fixed:I.F")
  | "int", Some bits when String.ends_with ~suffix:",wrap" bits -> raise (Unsupported ("semantics " ^ text))
  | "int", Some bits ->
      let n = count bits in
      if n = 0 then fail "expected from 1 to 62 bits, the sign counted";
      let coded = fixed_format (n - 1) 0 true false in
      whole (same coded.format, coded)
  | "uint", Some bits ->
      let coded = fixed_format (count bits) 0 false true in
      whole (same coded.format, coded)
  | _ -> fail ("no semantics of finitely many bits: " ^ text)

(* The number of which this is the code, in the one way in which the checker keeps it. *)
let value_of coded text =
  let bad () = fail ("the code of no state: " ^ text) in
  if String.length text <> (coded.bits + 3) / 4
     || not (String.for_all (fun c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) text)
  then bad ();
  let code = Integer.of_string_base 16 text in
  if Integer.geq code (two_to coded.bits) then bad ();
  let f = coded.format in
  let finite m e = if Integer.sign m = 0 then Finite (Integer.zero, Integer.zero) else Finite (m, e) in
  if not f.is_float then
    let m = if coded.signed && Integer.testbit code (coded.bits - 1) then Integer.sub code (two_to coded.bits) else code in
    finite m (Integer.neg f.fraction)
  else begin
    let fraction_bits = Integer.to_int f.fraction in
    let sign = two_to (coded.bits - 1) in
    let negative = Integer.geq code sign in
    let magnitude = Integer.rem code sign in
    let field = Integer.to_int (Integer.shift_right magnitude fraction_bits) in
    let fraction = Integer.rem magnitude (two_to fraction_bits) in
    let top = (1 lsl coded.exponent_bits) - 1 in
    let is_nan_code =
      if coded.negative_zero_is_nan then Integer.equal code sign
      else
        match f.specials with
        | InfinityAndNaN -> Integer.equal code (Integer.add (Integer.of_int top |> fun t -> Integer.shift_left t fraction_bits) (two_to (fraction_bits - 1)))
        | OnlyNaN -> Integer.equal code (Integer.pred sign)
        | Neither -> false
    in
    if is_nan_code then NaN
    else if Integer.sign magnitude = 0 then (if negative then bad () else finite Integer.zero Integer.zero)
    else if f.specials = InfinityAndNaN && field = top then
      if Integer.sign fraction = 0 then Infinite negative else bad ()
    else if f.specials = OnlyNaN && (not coded.negative_zero_is_nan) && Integer.equal magnitude (Integer.pred sign) then bad ()
    else
      let m = if field = 0 then fraction else Integer.add fraction (two_to fraction_bits) in
      let e = Integer.add (Integer.sub f.lowest f.fraction) (Integer.of_int (max (field - 1) 0)) in
      finite (if negative then Integer.neg m else m) e
  end

let key (state, hs, since) =
  let buffer = Buffer.create 64 in
  Buffer.add_string buffer (Integer.to_string state);
  List.iter (List.iter (function
      | Finite (m, e) -> Buffer.add_string buffer (" " ^ Integer.to_string m ^ "*" ^ Integer.to_string e)
      | Infinite negative -> Buffer.add_string buffer (if negative then " -oo" else " oo")
      | NaN -> Buffer.add_string buffer " nan")) hs;
  List.iter (fun x -> Buffer.add_string buffer (" | " ^ Integer.to_string x)) since;
  Buffer.contents buffer

let exact_layer text =
  let e_decoder = match text.answers with Shared r -> EAffine r | By_letter rs -> EAffineByLetter rs | Rows rows -> ETable rows in
  { e_dimension = Integer.of_int text.inner; e_bos = text.bos; e_start = text.first; e_maps = text.maps_of; e_decoder }

(* Whether it is proved, and the number of states. *)
let read_and_check (n_plan, coded, chunk) claim =
  let letters = read_letters () in
  let n_automaton, states = read_automaton letters in
  let network = read_network rationals claim letters in
  let listed = one_count ~unsupported:[ "boxes" ] "states" in
  if listed = 0 then fail "there is a state";
  let places = Hashtbl.create listed and k = ref 0 and repeated = ref false in
  let read_state () =
    let q, codes = take "a state" (line_of "state") in
    let q = Integer.of_int (index states q) in
    let rest = ref codes in
    let hs = List.map (fun layer ->
        times layer.inner (fun () -> let code, others = take "the code of a coordinate" !rest in rest := others; value_of coded code))
      network.blocks in
    let since = match chunk with
      | None -> nothing_left !rest; []
      | Some letters_a_chunk ->
          let tokens = word "|" !rest in
          if List.length tokens >= letters_a_chunk then fail "more letters than there can be since a boundary";
          List.map Integer.of_int (indices letters tokens)
    in
    let key = key (q, hs, since) in
    if Hashtbl.mem places key then repeated := true;
    Hashtbl.replace places key !k;
    incr k;
    (q, hs, since)
  in
  let states_listed = times listed read_state in
  nothing_left (line_of "end");
  expect_end ();
  if !repeated then raise (Not_proved "two of the states are the same");
  if !misplaced then raise (Not_proved "a matrix is not of the class that is claimed");
  let n_layers = List.map exact_layer network.blocks in
  (* no two rows of a table become one *)
  List.iter (fun layer ->
      match round_layer n_plan layer with
      | Some { r_decoder = RTable rows; _ } ->
          let keys = List.map (fun (h, _) -> key (Integer.zero, [ h ], [])) rows in
          if List.length (List.sort_uniq compare keys) < List.length keys then
            raise (Not_proved "two rows of a table are the same in this format")
      | _ -> ()) n_layers;
  (* The checker asks where the start is, then for each state in turn where its letters lead: each is reached from one before it. *)
  let calls = ref (-1) and reached_from = Array.make listed max_int in
  let locate q hs since =
    let place = Option.value ~default:listed (Hashtbl.find_opt places (key (q, hs, since))) in
    if place < listed && !calls >= 0 then reached_from.(place) <- min reached_from.(place) (!calls / letters);
    if !calls < 0 && place <> 0 then raise (Not_proved "the layers do not start in the first state listed");
    incr calls;
    Integer.of_int place
  in
  let holds =
    let letters = Integer.of_int letters and listed = Integer.of_int listed and accept = accept_table network.accept in
    match chunk with
    | None ->
        let n_states = table_of_list (List.map (fun (q, hs, _) -> (q, hs)) states_listed) in
        check_numeric (fun q hs -> locate q hs [])
          { n_plan; n_letters = letters; n_automaton; n_layers; n_accept_outputs = accept; n_accept_empty = network.accept_empty;
            n_states; n_count = listed }
    | Some letters_a_chunk ->
        let rec nat n = if n = 0 then O else S (nat (n - 1)) in
        let k_states = table_of_list (List.map (fun (q, hs, since) -> ((q, hs), since)) states_listed) in
        check_chunks locate
          { k_plan = n_plan; k_chunk = nat letters_a_chunk; k_letters = letters; k_automaton = n_automaton; k_layers = n_layers;
            k_accept_outputs = accept; k_accept_empty = network.accept_empty; k_states; k_count = listed }
  in
  if holds then
    Array.iteri (fun k from ->
      if k > 0 && from >= k then raise (Not_proved (Printf.sprintf "no letter leads to state %d from one before it" k))) reached_from;
  (holds, listed)
