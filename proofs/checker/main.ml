(* eigenmata-check-verified: reads a certificate (proofs/certificate-format.md), builds the data that the checkers of
   theories/ work on, and asks them; theories/*Sound.v prove what their yes means.

   What is not verified is the reader: this file, lines.ml, numbers.ml, network.ml, layers_reader.ml,
   numeric_reader.ml. It also checks here, outside the theorem, what a
   certificate says beyond "network and automaton accept the same words": that each point is reached as it says (rule 2) and the
   class that is claimed (rule 7). Rule 8, the language in its own source, is left to eigenmata-check.

   Exit codes: 0 proved, 10 readable but not proved, 20 of a kind that this program does not check, 2 unreadable. *)
open Lines
open Numbers
open Network
open Check_certificate

type answer = { holds : bool; what : string }

(* Kind points *)
let read_points numbers check claim =
  let letters = read_letters () in
  let automaton_of, states = read_automaton letters in
  let network = read_network numbers claim letters in
  let point_count = one_count "points" in
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
    let vectors = List.map (fun layer -> vector_line numbers "at" layer.inner) network.blocks in
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
  let holds =
    check
      { letters = Integer.of_int letters; automaton_of; layers = List.map layer_of network.blocks;
        accept_outputs = accept_table network.accept; accept_empty = network.accept_empty; points;
        point_count = Integer.of_int point_count }
  in
  { holds; what = Printf.sprintf "%d points" point_count }

let read_certificate () =
  if line_of "eigenmata-certificate" <> [ "1" ] then fail "expected version 1";
  let kind = match line_of "kind" with
    | [ ("points" | "layers" | "numeric") as kind ] -> kind
    | tokens -> raise (Unsupported ("kind " ^ String.concat " " tokens)) in
  let plan = if kind = "numeric" then Some (Numeric_reader.read_plan ()) else None in
  let numbers = line_of "numbers" in
  (* a class that is refused comes after numbers that are unreadable *)
  let field_numbers =
    match numbers with
    | [ "rational" ] -> None
    | [ "field"; polynomial; low; high; generator ] -> Some (real_numbers polynomial low high generator)
    | [ "cyclotomic"; order ] -> Some (cyclotomic_numbers (count order))
    | _ -> fail "expected rational numbers, or those of a field"
  in
  let claim = match line_of "class" with [ text ] -> parse_class text | _ -> fail "expected one class" in
  let layers numbers check =
    let holds, layers = Layers_reader.read_and_check numbers check claim in
    { holds; what = Printf.sprintf "%d layers, one at a time" layers }
  in
  match (field_numbers, plan) with
  | None, None -> if kind = "layers" then layers rationals check_layers_rational else read_points rationals check_rational claim
  | Some { numbers; check; check_layers }, None -> (
      match check_layers with
      | _ when kind = "points" -> read_points numbers check claim
      | Some check -> layers numbers check
      | None -> fail "certificates of kind layers have rational or cyclotomic numbers")
  | None, Some plan ->
      let holds, states = Numeric_reader.read_and_check plan claim in
      { holds; what = Printf.sprintf "%d states" states }
  | Some _, Some _ -> raise (Unsupported "kind numeric with numbers of a field")

let usage = "usage: eigenmata-check-verified CERT [--quiet]\n\
Proves what a certificate claims, by a checker that is itself proved (proofs/README.md): kinds points, layers and numeric.\n\
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
        let answer = read_certificate () in
        if answer.holds then (
          say (Printf.sprintf "proved: network and automaton accept the same words (%s)" answer.what);
          exit 0)
        else (
          say "not proved: a step, a decoder or an answer is not as the certificate says";
          exit 10)
      with
      | Unreadable (line, message) -> Printf.eprintf "eigenmata-check-verified: %s:%d: %s\n" name line message; exit 2
      | Unsupported what -> Printf.eprintf "eigenmata-check-verified: %s: not built yet: %s\n" name what; exit 20
      | Not_proved why -> say ("not proved: " ^ why); exit 10
      | Sys_error message -> Printf.eprintf "eigenmata-check-verified: %s\n" message; exit 2)
  | _ -> prerr_endline usage; exit 2
