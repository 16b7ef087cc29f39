(* The lines and tokens of a certificate, and how reading one fails. *)
module Integer = Z  (* of zarith; the extracted file has a Z of its own *)

exception Unreadable of int * string
exception Unsupported of string
exception Not_proved of string

let line_number = ref 0
let fail message = raise (Unreadable (!line_number, message))

let input = ref stdin

let rec next_line () =
  incr line_number;
  match input_line !input with
  | "" -> fail "an empty line"
  | line when String.contains line '\r' -> fail "lines end with a line feed alone"
  | line when line.[0] = '#' -> next_line ()
  | line -> line
  | exception End_of_file -> fail "the file ends too early"

let expect_end () =
  let rec rest () =
    incr line_number;
    match input_line !input with
    | line when line <> "" && line.[0] = '#' && not (String.contains line '\r') -> rest ()
    | _ -> fail "something after the end"
    | exception End_of_file -> ()
  in
  rest ()

(* The tokens of the next line, after the word that it has to begin with; words that would announce what is not checked yet. *)
let line_of ?(unsupported = []) word =
  let line = next_line () in
  match String.split_on_char ' ' line with
  | first :: _ when List.mem first unsupported -> raise (Unsupported first)
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

(* n times, in order *)
let times n f = List.rev (let rec go k acc = if k = 0 then acc else go (k - 1) (f () :: acc) in go n [])

(* Counts and indices *)

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

let indices bound tokens = List.map (index bound) tokens

let increasing bound tokens =
  let is = indices bound tokens in
  let rec check = function i :: (j :: _ as rest) -> if i >= j then fail "numbers increase"; check rest | _ -> () in
  check is;
  is

let exactly n bound tokens =
  if List.length tokens <> n then fail ("expected " ^ string_of_int n ^ " numbers");
  indices bound tokens

let one_count ?(unsupported = []) word = match line_of ~unsupported word with [ n ] -> count n | _ -> fail ("expected the number of " ^ word)
