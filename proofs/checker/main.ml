(* eigenmata-check-verified: reads a certificate (proofs/certificate-format.md), builds the data that the checker of
   theories/Checker.v works on, and asks that checker, of which theories/CheckerSound.v proves what its yes means.

   This file is not verified: it is the reader. It also checks here, outside the theorem, what a certificate says beyond
   "network and automaton accept the same words": that each point is reached as it says (rule 2) and the class that is
   claimed (rule 7). Rule 8, the language in its own source, is left to eigenmata-check.

   Exit codes: 0 proved, 10 readable but not proved, 20 of a kind that this program does not check, 2 unreadable. *)
module Integer = Z  (* of zarith; the extracted file has a Z of its own *)
open Check_certificate

exception Unreadable of int * string
exception Unsupported of string
exception Not_proved of string

let line_number = ref 0
let fail message = raise (Unreadable (!line_number, message))

(* Lines *)

let input = ref stdin

let rec next_line () =
  incr line_number;
  match input_line !input with
  | "" -> fail "an empty line"
  | line when line.[0] = '#' -> next_line ()
  | line -> line
  | exception End_of_file -> fail "the file ends too early"

let expect_end () =
  let rec rest () =
    incr line_number;
    match input_line !input with
    | line when line <> "" && line.[0] = '#' -> rest ()
    | _ -> fail "something after the end"
    | exception End_of_file -> ()
  in
  rest ()

(* The tokens of the next line, after the word that it has to begin with. *)
let line_of word =
  let line = next_line () in
  match String.split_on_char ' ' line with
  | first :: tokens when first = word ->
      if List.mem "" tokens then fail "blanks are single, none at the end of a line";
      tokens
  | _ -> fail ("expected a line that begins with " ^ word)

let nothing_left = function [] -> () | token :: _ -> fail ("unexpected " ^ token)
let take what = function token :: rest -> (token, rest) | [] -> fail ("expected " ^ what)
let word expected tokens =
  let token, rest = take expected tokens in
  if token <> expected then fail ("expected " ^ expected);
  rest

(* Numbers *)

let is_digits text = text <> "" && String.for_all (fun c -> c >= '0' && c <= '9') text

let natural text =
  if not (is_digits text) || (String.length text > 1 && text.[0] = '0') then fail ("no number: " ^ text);
  Integer.of_string text

let count text =
  let n = natural text in
  if Integer.gt n (Integer.of_int (1 lsl 28)) then fail ("too large: " ^ text);
  Integer.to_int n

let index bound text =
  let n = count text in
  if n >= bound then fail (text ^ " is not below " ^ string_of_int bound);
  n

let rational text =
  let negative = text <> "" && text.[0] = '-' in
  let digits = if negative then String.sub text 1 (String.length text - 1) else text in
  let num, den =
    match String.index_opt digits '/' with
    | None -> (natural digits, Integer.one)
    | Some slash ->
        let num = natural (String.sub digits 0 slash) in
        let den = natural (String.sub digits (slash + 1) (String.length digits - slash - 1)) in
        if Integer.leq den Integer.one || Integer.gcd num den <> Integer.one then fail ("not in canonical form: " ^ text);
        (num, den)
  in
  if negative && Integer.sign num = 0 then fail "-0";
  { qnum = (if negative then Integer.neg num else num); qden = den }

(* Vectors: `index:number`, up to the end of the line or a bar *)

let rec vector dimension last = function
  | [] -> ([], [])
  | "|" :: _ as rest -> ([], rest)
  | token :: rest -> (
      match String.index_opt token ':' with
      | None -> fail ("expected index:number, found " ^ token)
      | Some colon ->
          let i = index dimension (String.sub token 0 colon) in
          if i <= last then fail "indices increase";
          let a = rational (String.sub token (colon + 1) (String.length token - colon - 1)) in
          if Integer.sign a.qnum = 0 then fail "zeros are left out";
          let x, rest = vector dimension i rest in
          ((Integer.of_int i, a) :: x, rest))

let vector_line word dimension =
  let x, rest = vector dimension (-1) (line_of word) in
  nothing_left rest;
  x

let rec indices bound = function [] -> [] | token :: rest -> let i = index bound token in i :: indices bound rest

let increasing bound tokens =
  let is = indices bound tokens in
  let rec check = function i :: (j :: _ as rest) -> if i >= j then fail "numbers increase"; check rest | _ -> () in
  check is;
  is

let exactly n bound tokens =
  if List.length tokens <> n then fail ("expected " ^ string_of_int n ^ " numbers");
  indices bound tokens

let table_of_indices is = table_of_list (List.map Integer.of_int is)

(* n times, in order *)
let times n f = List.rev (let rec go k acc = if k = 0 then acc else go (k - 1) (f () :: acc) in go n [])

(* The class that is claimed *)

type claim = {
  form : string;
  bounds : (q * q) option;
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
        ( (rational (String.sub rest 1 (comma - 1)), rational (String.sub rest (comma + 1) (close - comma - 1))),
          String.sub rest (close + 1) (String.length rest - close - 1) )
    | _ -> fail ("no class: " ^ text)
  in
  if text = "none" || text = "dense" then { form = "dense"; bounds = None; factors = None }
  else if text = "diagonal-complex" then
    { form = "diagonal"; bounds = Some ({ qnum = Integer.minus_one; qden = Integer.one }, { qnum = Integer.one; qden = Integer.one }); factors = None }
  else if starts "diagonal" then
    let bounds, rest = interval (after "diagonal") in
    if rest <> "" then fail ("no class: " ^ text) else { form = "diagonal"; bounds = Some bounds; factors = None }
  else if starts "householder" then
    let bounds, rest = interval (after "householder") in
    { form = "householder"; bounds = Some bounds; factors = split_factors rest }
  else if starts "rank-one" then { form = "rank-one"; bounds = None; factors = split_factors (after "rank-one") }
  else fail ("no class: " ^ text)

let of_class claim dimension matrix =
  let within a = match claim.bounds with None -> true | Some (low, high) -> q_leb low a && q_leb a high in
  let zero = { qnum = Integer.zero; qden = Integer.one } and one = { qnum = Integer.one; qden = Integer.one } in
  let few fs = match claim.factors with None -> true | Some k -> List.length fs <= k in
  match matrix with
  | _ when claim.form = "dense" -> true
  | Diagonal d ->
      claim.form = "diagonal"
      && List.for_all (fun (_, a) -> within a) d
      && (List.length d = dimension || within zero)
  | Householder fs ->
      claim.form = "householder" && few fs && List.for_all (fun (beta, _) -> within (q_add one (q_opp beta))) fs
  | RankOne fs -> claim.form = "rank-one" && few fs
  | Dense _ -> false

(* The blocks of a certificate *)

let read_matrix dimension =
  match line_of "map" with
  | [ "diagonal" ] -> Diagonal (vector_line "entries" dimension)
  | [ "rank-one"; k ] ->
      RankOne
        (times (count k) (fun () ->
             let u, rest = vector dimension (-1) (line_of "factor") in
             let v, rest = vector dimension (-1) (word "|" rest) in
             nothing_left rest;
             (u, v)))
  | [ "householder"; k ] ->
      Householder
        (times (count k) (fun () ->
             let beta, rest = take "beta" (line_of "factor") in
             let beta = rational beta in
             let v, rest = vector dimension (-1) (word "|" rest) in
             nothing_left rest;
             if v = [] then fail "the v of a Householder factor is not 0";
             (beta, v)))
  | [ "dense" ] -> Dense (times dimension (fun () -> vector_line "row" dimension))
  | _ -> fail "no form of matrix"

let read_readout dimension outputs =
  let weights, rest = vector dimension (-1) (line_of "readout") in
  let constant, rest = take "the constant" (word "|" rest) in
  let rec thresholds last tokens =
    match tokens with
    | "|" :: rest -> ([], rest)
    | token :: rest ->
        let t = rational token in
        (match last with Some s when q_leb t s -> fail "thresholds increase" | _ -> ());
        let ts, rest = thresholds (Some t) rest in
        (t :: ts, rest)
    | [] -> fail "expected a bar"
  in
  let thresholds, rest = thresholds None (word "|" rest) in
  let outputs = exactly (List.length thresholds + 1) outputs rest in
  { weights; constant = rational constant; thresholds; outputs_by_count = table_of_indices outputs }

let read_decoder dimension inputs outputs =
  match line_of "decoder" with
  | [ "affine"; "shared" ] -> Affine (read_readout dimension outputs)
  | [ "affine"; "by-letter" ] -> AffineByLetter (table_of_list (times inputs (fun () -> read_readout dimension outputs)))
  | [ "table"; n ] ->
      let seen = Hashtbl.create 97 in
      Table
        (times (count n) (fun () ->
             let h, rest = vector dimension (-1) (line_of "row") in
             let key = List.map (fun (i, a) -> (Integer.to_int i, Integer.to_string a.qnum, Integer.to_string a.qden)) h in
             if Hashtbl.mem seen key then fail "another row of this table has the same state";
             Hashtbl.add seen key ();
             let os = word "|" rest in
             match os with
             | [ o ] -> (h, Inl (Integer.of_int (index outputs o)))
             | _ -> (h, Inr (table_of_indices (exactly inputs outputs os)))))
  | _ -> fail "no kind of decoder"

let misplaced = ref false

let read_layer claim inputs =
  let dimension, outputs =
    match line_of "layer" with
    | [ dimension; "inputs"; n; "outputs"; outputs ] ->
        if count n <> inputs then fail "the inputs are not the symbols of the layer before";
        (count dimension, count outputs)
    | _ -> fail "expected layer DIMENSION inputs N outputs N"
  in
  if outputs = 0 then fail "a layer has an output";
  let initial = vector_line "start" dimension in
  let maps =
    times inputs (fun () ->
        let matrix = read_matrix dimension in
        if not (of_class claim dimension matrix) then misplaced := true;
        let offset = vector_line "offset" dimension in
        (matrix, offset))
  in
  let decoder_of = read_decoder dimension inputs outputs in
  ({ dimension = Integer.of_int dimension; initial; maps = table_of_list maps; decoder_of }, dimension, outputs)

let json_string text =
  let n = String.length text in
  if n < 3 || text.[0] <> '"' || text.[n - 1] <> '"' then fail "a letter is a JSON string";
  text

let read_certificate () =
  if line_of "eigenmata-certificate" <> [ "1" ] then fail "expected version 1";
  (match line_of "kind" with [ "points" ] -> () | tokens -> raise (Unsupported ("kind " ^ String.concat " " tokens)));
  (match line_of "numbers" with [ "rational" ] -> () | tokens -> raise (Unsupported ("numbers " ^ String.concat " " tokens)));
  let claim = match line_of "class" with [ text ] -> parse_class text | _ -> fail "expected one class" in
  let letters = match line_of "letters" with [ n ] -> count n | _ -> fail "expected the number of letters" in
  if letters = 0 then fail "there is a letter";
  let names = times letters (fun () ->
    let line = next_line () in
    if String.length line < 8 || String.sub line 0 7 <> "letter " then fail "expected a letter";
    json_string (String.sub line 7 (String.length line - 7))) in
  if List.length (List.sort_uniq compare names) <> letters then fail "two letters of one name";
  let states, first =
    match line_of "automaton" with
    | [ n; "initial"; q ] -> let n = count n in if n = 0 then fail "there is a state"; (n, index n q)
    | _ -> fail "expected automaton N initial Q"
  in
  let accepting = increasing states (line_of "accepting") in
  let next = times states (fun () -> exactly letters states (line_of "next")) in
  let is_accepting = Array.make states false in
  List.iter (fun q -> is_accepting.(q) <- true) accepting;
  let automaton_of =
    { initial_state = Integer.of_int first;
      accepting = table_of_list (Array.to_list is_accepting);
      next = table_of_list (List.map table_of_indices next) }
  in
  let depth, accept_empty =
    match line_of "network" with
    | [ n; "empty-word"; ("accept" | "reject" as answer) ] -> (count n, answer = "accept")
    | _ -> fail "expected network N empty-word accept or reject"
  in
  let symbols = ref letters in
  let blocks = times depth (fun () ->
    let layer, dimension, outputs = read_layer claim !symbols in
    symbols := outputs;
    (layer, dimension)) in
  let accept = increasing !symbols (line_of "accept") in
  let accept_outputs = List.fold_left (fun t o -> add_table (Integer.of_int o) () t) empty_table accept in
  let point_count = match line_of "points" with [ n ] -> count n | _ -> fail "expected the number of points" in
  if point_count = 0 then fail "there is a point";
  let parents = Array.make point_count (-1, 0) and steps_of = Array.make point_count [||] and k = ref 0 in
  let read_point () =
    let state =
      match line_of "point" with
      | [ "start"; "state"; q ] when !k = 0 -> index states q
      | [ "from"; p; x; "state"; q ] when !k > 0 ->
          parents.(!k) <- (index point_count p, index letters x);
          index states q
      | _ -> fail "expected point 0 to start and the others to say from where"
    in
    let vectors = List.map (fun (_, dimension) -> vector_line "at" dimension) blocks in
    let steps = exactly letters point_count (line_of "step") in
    steps_of.(!k) <- Array.of_list steps;
    incr k;
    { vectors; state_of = Integer.of_int state; steps = table_of_indices steps }
  in
  let points = table_of_list (times point_count read_point) in
  nothing_left (line_of "end");
  expect_end ();
  Array.iteri (fun k (p, x) ->
    if k > 0 && (p >= k || steps_of.(p).(x) <> k) then
      raise (Not_proved (Printf.sprintf "point %d is not the step of point %d" k p))) parents;
  if !misplaced then raise (Not_proved "a matrix is not of the class that is claimed");
  ( { letters = Integer.of_int letters; automaton_of; layers = List.map fst blocks; accept_outputs; accept_empty; points;
      point_count = Integer.of_int point_count },
    point_count )

let usage = "usage: eigenmata-check-verified CERT [--quiet]\n\
Proves what a certificate claims, by a checker that is itself proved (proofs/README.md): kind points, rational numbers.\n\
- reads the certificate from standard input. Exit codes: 0 proved, 10 not proved, 20 another kind, 2 unreadable."

let () =
  let args = List.tl (Array.to_list Sys.argv) in
  if List.mem "--help" args then (print_endline usage; exit 0);
  let quiet = List.mem "--quiet" args in
  let say text = if not quiet then print_endline text in
  match List.filter (fun a -> a <> "--quiet") args with
  | [ file ] -> (
      let name = if file = "-" then "standard input" else file in
      try
        if file <> "-" then input := open_in_bin file;
        let certificate, points = read_certificate () in
        if check_rational certificate then (
          say (Printf.sprintf "proved: network and automaton accept the same words (%d points)" points);
          exit 0)
        else (
          say "not proved: a step, a decoder or an answer is not as the certificate says";
          exit 10)
      with
      | Unreadable (line, message) -> Printf.eprintf "eigenmata-check-verified: %s:%d: %s\n" name line message; exit 2
      | Unsupported what -> Printf.eprintf "eigenmata-check-verified: %s: not checked here: %s\n" name what; exit 20
      | Not_proved why -> say ("not proved: " ^ why); exit 10
      | Sys_error message -> Printf.eprintf "eigenmata-check-verified: %s\n" message; exit 2)
  | _ -> prerr_endline usage; exit 2
