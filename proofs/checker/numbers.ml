(* The numbers of a certificate: how they are written, and what the reader has to know of them. The arithmetic of the proof is
   that of theories/Checker.v and NumberField.v; what stands here is the text of numbers, where the root of a real field lies (Sturm,
   bisection), and inverses, which the checker does not trust. *)
open Lines
open Check_certificate

(* scale * exp(2 pi i turn), turn 0 for a real number *)
type spectrum_point = { scale : q; turn : q }

type 'a numbers = {
  parse : string -> 'a;
  is_zero : 'a -> bool;
  at_most : 'a -> 'a -> bool option;
  of_rational : q -> 'a;
  one_minus : 'a -> 'a;
  is_real : 'a -> bool;
  in_unit_disc : 'a -> bool;
  is_point : spectrum_point -> 'a -> bool;
}

(* Rational numbers *)

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

let q_of_int n = { qnum = Integer.of_int n; qden = Integer.one }

let rationals =
  let in_unit_disc a = q_leb (q_of_int (-1)) a && q_leb a (q_of_int 1) in
  { parse = rational;
    is_zero = (fun a -> Integer.sign a.qnum = 0);
    at_most = (fun a b -> Some (q_leb a b));
    of_rational = Fun.id;
    one_minus = (fun a -> q_add (q_of_int 1) (q_opp a));
    is_real = (fun _ -> true);
    in_unit_disc;
    is_point = (fun { scale; turn } a -> Integer.sign turn.qnum = 0 && a = scale) }

(* Polynomials with rational coefficients, from the constant term up, the last one not 0 *)

let q_of { qnum; qden } = Q.make qnum qden
let trim p = let n = ref (Array.length p) in while !n > 0 && Q.sign p.(!n - 1) = 0 do decr n done; Array.sub p 0 !n
let value_at p x = Array.fold_right (fun c v -> Q.add c (Q.mul x v)) p Q.zero
let derivative p = Array.init (max 0 (Array.length p - 1)) (fun i -> Q.mul (Q.of_int (i + 1)) p.(i + 1))

(* quotient and remainder by b, not 0 *)
let divide a b =
  let n = Array.length b in
  let quotient = Array.make (max 0 (Array.length a - n + 1)) Q.zero in
  let rec go a =
    if Array.length a < n then a
    else begin
      let shift = Array.length a - n in
      let c = Q.div a.(Array.length a - 1) b.(n - 1) in
      quotient.(shift) <- c;
      go (trim (Array.mapi (fun i x -> if i < shift then x else Q.sub x (Q.mul c b.(i - shift))) a))
    end
  in
  let rest = go a in
  (quotient, rest)

let minus_product a b c =  (* a - b c *)
  let result = Array.make (max (Array.length a) (Array.length b + Array.length c)) Q.zero in
  Array.iteri (fun i x -> result.(i) <- x) a;
  Array.iteri (fun i x -> Array.iteri (fun j y -> result.(i + j) <- Q.sub result.(i + j) (Q.mul x y)) c) b;
  trim result

(* Roots of p between low and high, by Sturm's theorem; fails if p has a multiple root. *)
let roots_between p low high =
  let rec chain a b = if Array.length b = 0 then [ a ] else a :: chain b (Array.map Q.neg (snd (divide a b))) in
  let chain = chain p (derivative p) in
  if Array.length (List.nth chain (List.length chain - 1)) > 1 then fail "the polynomial has a multiple root";
  let changes x =
    let signs = List.filter (( <> ) 0) (List.map (fun p -> Q.sign (value_at p x)) chain) in
    let rec count = function s :: (t :: _ as rest) -> (if s <> t then 1 else 0) + count rest | _ -> 0 in
    count signs
  in
  changes low - changes high

(* An interval that is no wider than width, around the root of p between low and high. *)
let rec narrow p width (low, high) =
  if Q.leq (Q.sub high low) width then (low, high)
  else
    let middle = Q.div (Q.add low high) (Q.of_int 2) in
    let sign = Q.sign (value_at p middle) in
    if sign = 0 then fail "the polynomial has a rational root";
    narrow p width (if sign = Q.sign (value_at p low) then (middle, high) else (low, middle))

(* Text: terms joined by signs, such as 1/2-z^3 *)

let term variable text =
  let negative = text <> "" && text.[0] = '-' in
  let rest = if negative then String.sub text 1 (String.length text - 1) else text in
  let bad () = fail ("no number: " ^ text) in
  let power rest =
    let n = String.length variable in
    if String.length rest < n || String.sub rest 0 n <> variable then bad ();
    match String.sub rest n (String.length rest - n) with
    | "" -> 1
    | exponent when exponent.[0] = '^' ->
        let k = count (String.sub exponent 1 (String.length exponent - 1)) in
        if k < 2 then bad ();
        k
    | _ -> bad ()
  in
  let coefficient, power =
    if rest <> "" && rest.[0] >= '0' && rest.[0] <= '9' then (
      let star = String.index_opt rest '*' in
      let digits = match star with None -> rest | Some i -> String.sub rest 0 i in
      let c = q_of (rational digits) in
      if Q.sign c = 0 then bad ();
      match star with
      | None -> (c, 0)
      | Some i -> if Q.equal c Q.one then bad () else (c, power (String.sub rest (i + 1) (String.length rest - i - 1))))
    else (Q.one, power rest)
  in
  ((if negative then Q.neg coefficient else coefficient), power)

let terms variable text =
  let n = String.length text in
  let rec pieces start i =
    if i >= n then [ (start, n) ]
    else if i > start && (text.[i] = '+' || text.[i] = '-') then (start, i) :: pieces i (i + 1)
    else pieces start (i + 1)
  in
  if n = 0 then fail "a number is missing";
  List.map (fun (start, stop) ->
      let plus = start > 0 && text.[start] = '+' in
      let start = if plus then start + 1 else start in
      let piece = String.sub text start (stop - start) in
      if plus && piece <> "" && piece.[0] = '-' then fail ("no number: " ^ text);
      term variable piece)
    (pieces 0 0)

let rec decreasing = function
  | (_, a) :: ((_, b) :: _ as rest) -> if a <= b then fail "the highest power comes first"; decreasing rest
  | _ -> ()

let of_terms terms =
  let p = Array.make (1 + List.fold_left (fun k (_, i) -> max k i) 0 terms) Q.zero in
  List.iter (fun (c, i) -> p.(i) <- c) terms;
  p

(* Residues *)

let residue_of p =
  let p = trim p in
  let den = Array.fold_left (fun d c -> Integer.lcm d (Q.den c)) Integer.one p in
  (Array.to_list (Array.map (fun c -> Integer.divexact (Integer.mul (Q.num c) den) (Q.den c)) p), den)

let polynomial_of (numerators, den) = trim (Array.of_list (List.map (fun n -> Q.make n den) numerators))

(* Euclid: u with u a = 1 modulo p, if there is one. Nothing relies on it: the checker multiplies. *)
let inverse_modulo p a =
  let rec go r0 u0 r1 u1 =
    match Array.length r1 with
    | 0 -> ([], Integer.one)
    | 1 -> residue_of (Array.map (fun c -> Q.div c r1.(0)) u1)
    | _ ->
        let quotient, rest = divide r0 r1 in
        go r1 u1 rest (minus_product u0 quotient u1)
  in
  go p [||] (polynomial_of a) [| Q.one |]

(* lead x^d = sum of tail_i x^i, in integers *)
let lead_and_tail p =
  let p, _ = residue_of p in
  let p = Array.of_list p in
  let d = Array.length p - 1 in
  let sign = if Integer.sign p.(d) > 0 then Integer.one else Integer.minus_one in
  let tail = List.init d (fun i -> Integer.neg (Integer.mul sign p.(i))) in
  (Integer.abs p.(d), tail)

let parse_residue degree generator text =
  if text = "0" then ([], Integer.one)
  else begin
    let terms = terms generator text in
    decreasing (List.rev terms);
    if List.exists (fun (_, i) -> i >= degree) terms then fail ("a power that is too high: " ^ text);
    residue_of (of_terms terms)
  end

type field_numbers = {
  numbers : residue numbers;
  check : residue certificate -> bool;
  check_layers : (residue layers_certificate -> bool) option;
}

let residues field degree generator is_real in_unit_disc is_root check check_layers =
  let of_rational { qnum; qden } = if Integer.sign qnum = 0 then ([], Integer.one) else ([ qnum ], qden) in
  { numbers =
      { parse = parse_residue degree generator;
        is_zero = (fun (p, _) -> p = []);
        at_most = f_leb field;
        of_rational;
        one_minus = (fun a -> f_add ([ Integer.one ], Integer.one) (f_opp a));
        is_real;
        in_unit_disc;
        is_point = (fun point a -> if Integer.sign point.turn.qnum = 0 then a = of_rational point.scale else is_root point a) };
    check; check_layers }

let is_name text =
  let letter c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') in
  text <> "" && letter text.[0] && String.for_all (fun c -> letter c || (c >= '0' && c <= '9')) text

let real_numbers polynomial low high generator =
  let terms = terms "x" polynomial in
  decreasing terms;
  if List.exists (fun (_, i) -> i > 64) terms then fail "the degree of a number field is 2 to 64";
  let p = of_terms terms in
  let degree = Array.length p - 1 in
  if degree < 2 then fail "the degree of a number field is 2 to 64";
  let low = q_of (rational low) and high = q_of (rational high) in
  if Q.geq low high then fail "the lesser end of the interval comes first";
  if Q.sign p.(0) = 0 || Q.sign (value_at p low) = 0 || Q.sign (value_at p high) = 0 then fail "the polynomial has a rational root";
  if roots_between p low high <> 1 then fail "the interval does not hold exactly one root of the polynomial";
  let lead, tail = lead_and_tail p in
  let field_of bits =
    let scale = Integer.shift_left Integer.one bits in
    let low, high = narrow p (Q.make Integer.one scale) (low, high) in
    let floor x = Integer.fdiv (Integer.mul (Q.num x) scale) (Q.den x) in
    real_field lead tail scale (floor low) (Integer.succ (floor high)) (inverse_modulo p)
  in
  let low', _ = narrow p (Q.make Integer.one (Integer.shift_left Integer.one 64)) (low, high) in
  let square_root =
    degree = 2 && Q.sign p.(1) = 0 && Q.equal p.(2) Q.one && Q.sign low' >= 0
    && generator = "sqrt(" ^ Q.to_string (Q.neg p.(0)) ^ ")"
  in
  if not (is_name generator || square_root) then fail ("no name of a generator: " ^ generator);
  let rough = field_of 192 in
  let in_unit_disc a =
    f_leb rough ([ Integer.minus_one ], Integer.one) a = Some true && f_leb rough a ([ Integer.one ], Integer.one) = Some true in
  (* Enclosures that are too wide leave signs open; then narrower ones. *)
  residues rough degree generator (fun _ -> true) in_unit_disc (fun _ _ -> false) (fun c ->
      check_residues rough c || check_residues (field_of 2048) c) None

(* Φ_m: x^m - 1, divided by Φ_d for the other divisors d of m. *)
let cyclotomic m =
  let known = Hashtbl.create 7 in
  for d = 1 to m do
    if m mod d = 0 then begin
      let start = Array.make (d + 1) Q.zero in
      start.(0) <- Q.minus_one;
      start.(d) <- Q.one;
      let phi = Hashtbl.fold (fun e phi rest -> if d mod e = 0 then fst (divide rest phi) else rest) known start in
      Hashtbl.add known d phi
    end
  done;
  Hashtbl.find known m

let cyclotomic_numbers order =
  if order < 3 || order > 2000 then fail "the order of a cyclotomic field is 3 to 2000";
  let p = cyclotomic order in
  let lead, tail = lead_and_tail p in
  let field = complex_field lead tail (inverse_modulo p) in
  let conjugate (numerators, den) =
    (* z^i becomes z^(m-i) *)
    let turned = Array.make order Integer.zero in
    List.iteri (fun i n -> turned.((order - i) mod order) <- n) numerators;
    let _, rest = divide (trim (Array.map (fun n -> Q.make n den) turned)) p in
    residue_of rest
  in
  let in_unit_disc a =
    match f_mul field a (conjugate a) with
    | ([] | [ _ ]) as square, den -> f_leb field (square, den) ([ Integer.one ], Integer.one) = Some true
    | _ -> false
  in
  (* e(t) is a power of e(1/2m), the number of which is even, or m less for -e(t) with m odd. *)
  let is_root { scale; turn } a =
    let twice = Q.mul (q_of turn) (Q.of_int (2 * order)) in
    let is k scale =
      let power = Array.make (k + 1) Q.zero in
      power.(k) <- scale;
      a = residue_of (snd (divide power p))
    in
    Integer.equal (Q.den twice) Integer.one
    &&
    let k = Integer.to_int (Q.num twice) mod (2 * order) in
    if k mod 2 = 0 then is (k / 2) (q_of scale)
    else order mod 2 = 1 && is ((k + order) mod (2 * order) / 2) (Q.neg (q_of scale))
  in
  residues field (Array.length p - 1) "z" (fun a -> conjugate a = a) in_unit_disc is_root (check_residues field) (Some (check_layers_residues field))
