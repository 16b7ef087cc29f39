(* What all kinds of certificates have in common: the class that is claimed, the automaton, and the layers of the network. *)
open Lines
open Numbers
open Check_certificate

(* Vectors: `index:number`, up to the end of the line or a bar *)

let side dimension last token =
  match String.index_opt token ':' with
  | None -> fail ("expected index:number, found " ^ token)
  | Some colon ->
      let i = index dimension (String.sub token 0 colon) in
      if i <= last then fail "indices increase";
      (i, String.sub token (colon + 1) (String.length token - colon - 1))

let vector numbers dimension tokens =
  let rec go last done_ = function
    | [] -> (List.rev done_, [])
    | "|" :: _ as rest -> (List.rev done_, rest)
    | token :: rest ->
        let i, text = side dimension last token in
        let a = numbers.parse text in
        if numbers.is_zero a then fail "zeros are left out";
        go i ((Integer.of_int i, a) :: done_) rest
  in
  go (-1) [] tokens

let vector_line numbers word dimension =
  let x, rest = vector numbers dimension (line_of word) in
  nothing_left rest;
  x

let table_of_indices is = table_of_list (List.map Integer.of_int is)

(* The class that is claimed *)

type claim = {
  form : string;
  bounds : (q * q) option;
  unit_disc : bool;
  points : spectrum_point list;  (* if there are any: entries are among them *)
  factors : int option;
}

let parse_class text =
  let split_factors rest =
    if rest = "" then None
    else if rest.[0] = ':' then Some (count (String.sub rest 1 (String.length rest - 1)))
    else fail ("no class: " ^ text)
  in
  let starts prefix = String.length text >= String.length prefix && String.sub text 0 (String.length prefix) = prefix in
  let after prefix = String.sub text (String.length prefix) (String.length text - String.length prefix) in
  let interval rest =
    match (String.index_opt rest ',', String.index_opt rest ']') with
    | Some comma, Some close when rest.[0] = '[' && comma < close ->
        let low = rational (String.sub rest 1 (comma - 1)) and high = rational (String.sub rest (comma + 1) (close - comma - 1)) in
        if not (q_leb low high) then fail ("no class: " ^ text);
        ((low, high), String.sub rest (close + 1) (String.length rest - close - 1))
    | _ -> fail ("no class: " ^ text)
  in
  let point text =
    let bad () = fail ("no class with " ^ text) in
    let real = { scale = q_of_int 1; turn = q_of_int 0 } in
    let point, turned =
      match String.index_opt text 'e' with
      | None -> ({ real with scale = rational text }, None)
      | Some 0 -> (real, Some text)
      | Some e when text.[e - 1] = '*' ->
          let scale = rational (String.sub text 0 (e - 1)) in
          if not (q_leb scale (q_of_int 0)) && scale <> q_of_int 1 then
            ({ real with scale }, Some (String.sub text e (String.length text - e)))
          else bad ()
      | Some _ -> bad ()
    in
    if not (q_leb (q_of_int (-1)) point.scale && q_leb point.scale (q_of_int 1)) then bad ();
    match turned with
    | None -> point
    | Some e ->
        let n = String.length e in
        if n < 4 || String.sub e 0 2 <> "e(" || e.[n - 1] <> ')' then bad ();
        let turn = rational (String.sub e 2 (n - 3)) in
        if q_leb turn (q_of_int 0) || q_leb (q_of_int 1) turn || turn = { qnum = Integer.one; qden = Integer.of_int 2 } then bad ();
        { point with turn }
  in
  if text = "none" || text = "dense" then { form = "dense"; bounds = None; unit_disc = false; points = []; factors = None }
  else if text = "diagonal-complex" then
    { form = "diagonal"; bounds = None; unit_disc = true; points = []; factors = None }
  else if text = "pd" || text = "constant" || text = "constant+diagonal[0,1]" then
    { form = text; bounds = None; unit_disc = true; points = []; factors = None }
  else if starts "triangular" then
    let bounds, rest = interval (after "triangular") in
    if rest <> "" then fail ("no class: " ^ text) else { form = "triangular"; bounds = Some bounds; unit_disc = false; points = []; factors = None }
  else if starts "diagonal{" && text.[String.length text - 1] = '}' then
    let inside = after "diagonal{" in
    let points = List.map point (String.split_on_char ',' (String.sub inside 0 (String.length inside - 1))) in
    { form = "diagonal"; bounds = None; unit_disc = false; points; factors = None }
  else if starts "diagonal" then
    let bounds, rest = interval (after "diagonal") in
    if rest <> "" then fail ("no class: " ^ text) else { form = "diagonal"; bounds = Some bounds; unit_disc = false; points = []; factors = None }
  else if starts "householder" then
    let bounds, rest = interval (after "householder") in
    { form = "householder"; bounds = Some bounds; unit_disc = false; points = []; factors = split_factors rest }
  else if starts "rank-one" then { form = "rank-one"; bounds = None; unit_disc = false; points = []; factors = split_factors (after "rank-one") }
  else raise (Unsupported ("class " ^ text))

let of_class numbers claim dimension matrix =
  let at_most a b = numbers.at_most a b = Some true in
  let within a =
    if claim.unit_disc then numbers.in_unit_disc a
    else if claim.points <> [] then List.exists (fun point -> numbers.is_point point a) claim.points
    else
      match claim.bounds with
      | None -> true
      | Some (low, high) -> at_most (numbers.of_rational low) a && at_most a (numbers.of_rational high)
  in
  let few fs = match claim.factors with None -> true | Some k -> List.length fs <= k in
  let zero = numbers.of_rational (q_of_int 0) in
  (* a row of a triangular matrix: nothing right of the diagonal *)
  let lower i row =
    List.for_all (fun (j, a) -> Integer.lt j (Integer.of_int i) || (j = Integer.of_int i && within a)) row
    && (List.exists (fun (j, _) -> j = Integer.of_int i) row || within zero)
  in
  match matrix with
  | _ when claim.form = "dense" -> true
  | Diagonal d ->
      List.mem claim.form [ "diagonal"; "triangular"; "pd"; "constant" ]
      && List.for_all (fun (_, a) -> within a) d
      && (List.length d = dimension || within zero)
  | Dense rows when claim.form = "triangular" -> List.for_all Fun.id (List.mapi lower rows)
  | Dense rows when claim.form = "pd" ->
      let columns = List.map fst (List.concat rows) in
      List.for_all (fun row -> List.for_all (fun (_, a) -> within a) row) rows
      && List.length (List.sort_uniq compare columns) = List.length columns
  | Householder fs -> claim.form = "householder" && few fs && List.for_all (fun (beta, _) -> within (numbers.one_minus beta)) fs
  | RankOne fs -> claim.form = "rank-one" && few fs
  | Dense _ -> false

(* All matrices of a layer. Where a class asks for one matrix, numbers that are equal are written alike. *)
let of_class_together numbers claim dimension matrices =
  let all claim = List.for_all (of_class numbers claim dimension) matrices in
  let is_constant () =
    all { claim with form = "constant" } && match matrices with [] -> true | first :: rest -> List.for_all (( = ) first) rest
  in
  match claim.form with
  | "constant" -> is_constant ()
  | "constant+diagonal[0,1]" ->
      is_constant () || all { claim with form = "diagonal"; unit_disc = false; bounds = Some (q_of_int 0, q_of_int 1) }
  | _ -> all claim

(* The layers *)

let rec until_bar = function [] | "|" :: _ -> [] | token :: rest -> token :: until_bar rest

let read_matrix numbers dimension =
  match line_of "map" with
  | [ "diagonal" ] -> Diagonal (vector_line numbers "entries" dimension)
  | [ "rank-one"; k ] ->
      RankOne
        (times (count k) (fun () ->
             let u, rest = vector numbers dimension (line_of "factor") in
             let v, rest = vector numbers dimension (word "|" rest) in
             nothing_left rest;
             (u, v)))
  | [ "householder"; k ] ->
      Householder
        (times (count k) (fun () ->
             let beta, rest = take "beta" (line_of "factor") in
             let beta = numbers.parse beta in
             let v, rest = vector numbers dimension (word "|" rest) in
             nothing_left rest;
             if v = [] then fail "the v of a Householder factor is not 0";
             if not (List.for_all (fun (_, a) -> numbers.is_real a) v) then fail "the v of a Householder factor is real";
             (beta, v)))
  | [ "dense" ] -> Dense (times dimension (fun () -> vector_line numbers "row" dimension))
  | _ -> fail "no form of matrix"

let read_readout numbers dimension outputs =
  let weights, rest = vector numbers dimension (line_of "readout") in
  let constant, rest = take "the constant" (word "|" rest) in
  let rec thresholds last tokens =
    match tokens with
    | "|" :: rest -> ([], rest)
    | token :: rest ->
        let t = numbers.parse token in
        (match last with Some s when numbers.at_most t s <> Some false -> fail "thresholds increase" | _ -> ());
        let ts, rest = thresholds (Some t) rest in
        (t :: ts, rest)
    | [] -> fail "expected a bar"
  in
  let thresholds, rest = thresholds None (word "|" rest) in
  let outputs = exactly (List.length thresholds + 1) outputs rest in
  { weights; constant = numbers.parse constant; thresholds; outputs_by_count = table_of_indices outputs }

type 'a decoder_text =
  | Shared of 'a readout
  | By_letter of 'a readout list
  | Rows of ((Integer.t * 'a) list * (Integer.t, Integer.t table) sum) list

let read_decoder numbers dimension inputs outputs =
  match line_of "decoder" with
  | [ "affine"; "shared" ] -> Shared (read_readout numbers dimension outputs)
  | [ "affine"; "by-letter" ] -> By_letter (times inputs (fun () -> read_readout numbers dimension outputs))
  | [ "table"; n ] ->
      let seen = Hashtbl.create 97 in
      Rows
        (times (count n) (fun () ->
             let tokens = line_of "row" in
             let h, rest = vector numbers dimension tokens in
             let key = until_bar tokens in  (* numbers are canonical: equal vectors are equal text *)
             if Hashtbl.mem seen key then fail "another row of this table has the same state";
             Hashtbl.add seen key ();
             let os = word "|" rest in
             match os with
             | [ o ] -> (h, Inl (Integer.of_int (index outputs o)))
             | _ -> (h, Inr (table_of_indices (exactly inputs outputs os)))))
  | [ "walk"; _ ] -> raise (Unsupported "a decoder that walks")
  | _ -> fail "no kind of decoder"

type 'a layer_text = {
  inner : int;  (* the dimension *)
  symbols : int;
  outputs : int;
  bos : bool;
  first : (Integer.t * 'a) list;
  maps_of : ('a matrix * (Integer.t * 'a) list) list;
  answers : 'a decoder_text;
}

(* for theories/Checker.v *)
let layer_of text =
  let decoder_of =
    match text.answers with Shared r -> Affine r | By_letter rs -> AffineByLetter (table_of_list rs) | Rows rows -> Table rows in
  { dimension = Integer.of_int text.inner; initial = text.first; maps = table_of_list text.maps_of; decoder_of }

let misplaced = ref false
let bos = ref None

let read_layer numbers claim inputs =
  let dimension, outputs =
    match line_of "layer" with
    | [ dimension; "inputs"; n; "outputs"; outputs ] ->
        if count n <> inputs then fail "the inputs are not the symbols of the layer before";
        (count dimension, count outputs)
    | _ -> fail "expected layer DIMENSION inputs N outputs N"
  in
  if outputs = 0 then fail "a layer has an output";
  let read_map () =
    let matrix = read_matrix numbers dimension in
    let offset = vector_line numbers "offset" dimension in
    (matrix, offset)
  in
  (* a beginning-of-sequence token is read in the state 0: what is left is its offset *)
  let first =
    match line_of "start" with
    | [ "bos" ] -> if !bos = Some false then fail "either all layers have a bos or none"; bos := Some true; snd (read_map ())
    | tokens ->
        if !bos = Some true then fail "either all layers have a bos or none";
        bos := Some false;
        let x, rest = vector numbers dimension tokens in
        nothing_left rest;
        x
  in
  let maps_of = times inputs read_map in
  if not (of_class_together numbers claim dimension (List.map fst maps_of)) then misplaced := true;
  let answers = read_decoder numbers dimension inputs outputs in
  { inner = dimension; symbols = inputs; outputs; bos = !bos = Some true; first; maps_of; answers }


(* A letter is a JSON string: what it stands for. *)
let json_string text =
  let n = String.length text in
  let bad () = fail ("no letter: " ^ text) in
  if n < 3 || text.[0] <> '"' || text.[n - 1] <> '"' then bad ();
  let buffer = Buffer.create 8 in
  let hex at =
    if at + 4 > n - 1 then bad ();
    match int_of_string_opt ("0x" ^ String.sub text at 4) with Some c when not (String.contains (String.sub text at 4) '_') -> c | _ -> bad ()
  in
  let add c = if Uchar.is_valid c then Buffer.add_utf_8_uchar buffer (Uchar.of_int c) else bad () in
  let rec go at =
    if at < n - 1 then
      match text.[at] with
      | '"' -> bad ()
      | c when c < ' ' -> bad ()
      | '\\' when at + 1 >= n - 1 -> bad ()
      | '\\' -> (
          match text.[at + 1] with
          | ('"' | '\\' | '/') as c -> Buffer.add_char buffer c; go (at + 2)
          | 'b' | 'f' | 'n' | 'r' | 't' -> bad ()  (* cannot be printed *)
          | 'u' ->
              let c = hex (at + 2) in
              if c >= 0xD800 && c < 0xDC00 && at + 12 <= n - 1 && String.sub text (at + 6) 2 = "\\u" then begin
                add (0x10000 + ((c - 0xD800) lsl 10) + (hex (at + 8) - 0xDC00));
                go (at + 12)
              end
              else begin
                if c < 0x20 || c = 0x7F then bad ();
                add c;
                go (at + 6)
              end
          | _ -> bad ())
      | c -> Buffer.add_char buffer c; go (at + 1)
  in
  go 1;
  let letter = Buffer.contents buffer in
  if String.contains letter '\x7f' || (String.length letter > 1 && String.contains letter ' ') then bad ();
  letter

let read_letters () =
  let letters = one_count "letters" in
  if letters = 0 then fail "there is a letter";
  let names = times letters (fun () ->
    let line = next_line () in
    if String.length line < 8 || String.sub line 0 7 <> "letter " then fail "expected a letter";
    json_string (String.sub line 7 (String.length line - 7))) in
  if List.length (List.sort_uniq compare names) <> letters then fail "two letters of one name";
  letters

(* and the number of its states *)
let read_automaton letters =
  let states, first =
    match line_of "automaton" with
    | [ n; "initial"; q ] -> let n = count n in if n = 0 then fail "there is a state"; (n, index n q)
    | _ -> fail "expected automaton N initial Q"
  in
  let accepting = increasing states (line_of "accepting") in
  let next = times states (fun () -> exactly letters states (line_of "next")) in
  let is_accepting = Array.make states false in
  List.iter (fun q -> is_accepting.(q) <- true) accepting;
  ( { initial_state = Integer.of_int first;
      accepting = table_of_list (Array.to_list is_accepting);
      next = table_of_list (List.map table_of_indices next) },
    states )

type 'a stack = {
  accept_empty : bool;
  blocks : 'a layer_text list;
  accept : int list;
}

let read_network numbers claim letters =
  let depth, accept_empty =
    match line_of "network" with
    | [ n; "empty-word"; ("accept" | "reject" as answer) ] -> (count n, answer = "accept")
    | _ -> fail "expected network N empty-word accept or reject"
  in
  let symbols = ref letters in
  let blocks = times depth (fun () ->
    let block = read_layer numbers claim !symbols in
    symbols := block.outputs;
    block) in
  { accept_empty; blocks; accept = increasing !symbols (line_of "accept") }

let accept_table accept = List.fold_left (fun t o -> add_table (Integer.of_int o) () t) empty_table accept
