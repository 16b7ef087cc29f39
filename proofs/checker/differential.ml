(* Compares eigenmata-check with eigenmata-check-verified: on each certificate given, and on mutants of it.

   usage: differential CHECK VERIFIED MUTANTS SEED CERT...
   A mutant has one number of one line changed, or a line removed, doubled or exchanged with the next. The exit codes have to agree,
   except that the verified checker may answer 20 (a kind that it does not check). Disagreements are kept as
   disagreement-N.cert in the working folder; exit code 1 if there is one. *)

let read file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text

let run program file =
  Sys.command (Filename.quote_command program ~stdout:Filename.null ~stderr:Filename.null [ "--quiet"; file ])

let is_digit c = c >= '0' && c <= '9'

(* Changes the number at a random digit of the line; the line as it stands if it has none. *)
let change_number line =
  let places = List.filter (fun i -> is_digit line.[i]) (List.init (String.length line) Fun.id) in
  match places with
  | [] -> line
  | _ ->
      let i = List.nth places (Random.int (List.length places)) in
      let before = String.sub line 0 i and after = String.sub line (i + 1) (String.length line - i - 1) in
      let digit = String.make 1 (Char.chr (Char.code '0' + Random.int 10)) in
      (match Random.int 4 with
       | 0 -> before ^ "-" ^ digit ^ after
       | 1 -> before ^ digit ^ "/2" ^ after
       | _ -> before ^ digit ^ after)

let mutate lines =
  let lines = Array.copy lines in
  let n = Array.length lines - 1 in
  let i = 4 + Random.int (n - 4) in
  (match Random.int 8 with
   | 0 -> lines.(i) <- ""
   | 1 -> lines.(i) <- lines.(i) ^ "\n" ^ lines.(i)
   | 2 when i + 1 < n ->
       let line = lines.(i) in
       lines.(i) <- lines.(i + 1);
       lines.(i + 1) <- line
   | _ -> lines.(i) <- change_number lines.(i));
  String.concat "\n" (List.filter (fun l -> l <> "") (Array.to_list lines)) ^ "\n"

let () =
  match Array.to_list Sys.argv with
  | _ :: check :: verified :: mutants :: seed :: files ->
      Random.init (int_of_string seed);
      let counts = Hashtbl.create 7 and disagreements = ref 0 in
      let temporary = Filename.temp_file "mutant" ".cert" in
      let compare_on file =
        let a = run check file and b = run verified file in
        let key = (a, b) in
        Hashtbl.replace counts key (1 + Option.value ~default:0 (Hashtbl.find_opt counts key));
        if a <> b && b <> 20 then (
          incr disagreements;
          let copy = Printf.sprintf "disagreement-%d.cert" !disagreements in
          let channel = open_out_bin copy in
          output_string channel (read file);
          close_out channel;
          Printf.printf "%s: eigenmata-check says %d, the verified checker %d\n" copy a b)
      in
      List.iter (fun file ->
          compare_on file;
          let lines = Array.of_list (String.split_on_char '\n' (read file)) in
          for _ = 1 to int_of_string mutants do
            let channel = open_out_bin temporary in
            output_string channel (mutate lines);
            close_out channel;
            compare_on temporary
          done)
        files;
      Sys.remove temporary;
      List.iter (fun ((a, b), n) -> Printf.printf "%6d x  eigenmata-check %2d, verified %2d\n" n a b)
        (List.sort compare (Hashtbl.fold (fun k n l -> (k, n) :: l) counts []));
      Printf.printf "seed %s: %d certificates, %d disagreements\n" seed (Hashtbl.fold (fun _ n s -> n + s) counts 0) !disagreements;
      exit (if !disagreements = 0 then 0 else 1)
  | _ -> prerr_endline "usage: differential CHECK VERIFIED MUTANTS SEED CERT..."; exit 2
