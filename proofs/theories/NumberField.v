(** * Numbers of a number field: the program

    The arithmetic of [Checker] for numbers c(a), where c is a polynomial with rational coefficients and a
    is a root of a polynomial p. They are kept as residues, modulo p: integers over one denominator. That p is
    irreducible, or that a is one root rather than another, is not needed: [NumberFieldSound] proves what the answer says
    about every root of p, and if enclosures of its powers are given, about every root in them.

    Two residues are equal numbers if they are the same; they are different ones if their difference has an inverse
    modulo p. Inverses are proposed by a function of which nothing is known, and checked by one product. The sign of c(a) is read off
    enclosures of the powers of a; without them only rational numbers are compared, as it has to be where a is complex. *)
Require Import List Bool NArith ZArith.
From Eigenmata Require Import Checker.
Import ListNotations.
Set Implicit Arguments.

(** [(numerators, denominator)], from the constant term up. *)
Definition residue := (list Z * positive)%type.

(** The root: [lead * a^d = sum of tail_i a^i], and its powers lie between [low / scale] and [high / scale]. *)
Record field := Field {
  lead : positive;
  tail : list Z;
  scale : positive;
  enclosures : list (Z * Z);   (* of a^0, a^1, …; or none *)
  inverse : residue -> residue (* not trusted *) }.

Section Program.
Variable F : field.

Fixpoint lists_add (a b : list Z) : list Z :=
  match a, b with
  | [], _ => b
  | _, [] => a
  | x :: a', y :: b' => (x + y)%Z :: lists_add a' b'
  end.
Definition lists_scale (c : Z) (a : list Z) : list Z := if (c =? 1)%Z then a else map (Z.mul c) a.

(** Lowest terms: no zero at the end, no common divisor. *)
Fixpoint trim (a : list Z) : list Z :=
  match a with
  | [] => []
  | x :: a' => match trim a' with
               | [] => if (x =? 0)%Z then [] else [x]
               | b => x :: b
               end
  end.
Definition reduce (r : residue) : residue :=
  let a := trim (fst r) in
  if (snd r =? 1)%positive then (a, 1%positive) else
  let g := fold_right Z.gcd (Zpos (snd r)) a in
  if (g =? 1)%Z then (a, snd r) else (map (fun x => x / g)%Z a, Z.to_pos (Zpos (snd r) / g)).

Definition raw_add (a b : residue) : residue :=
  if (snd a =? snd b)%positive then (lists_add (fst a) (fst b), snd a)
  else (lists_add (lists_scale (Zpos (snd b)) (fst a)) (lists_scale (Zpos (snd a)) (fst b)), (snd a * snd b)%positive).
Definition f_add (a b : residue) : residue := reduce (raw_add a b).
Definition f_opp (a : residue) : residue := (map Z.opp (fst a), snd a).

(** The root times a residue: coefficients move up by one, and what leaves at the top comes back by the tail. *)
Definition times_root (r : residue) : residue :=
  match fst r with
  | [] => r
  | _ =>
      if (length (fst r) =? length (tail F))%nat then
        (lists_add (lists_scale (Zpos (lead F)) (0%Z :: removelast (fst r)))
           (lists_scale (last (fst r) 0%Z) (tail F)), (snd r * lead F)%positive)
      else (0%Z :: fst r, snd r)
  end.
Definition f_mul (a b : residue) : residue :=
  let p := fold_right (fun c p => raw_add (map (Z.mul c) (fst b), 1%positive) (times_root p)) ([], 1%positive) (fst a) in
  reduce (fst p, (snd p * (snd a * snd b))%positive).

Fixpoint same_list (a b : list Z) : bool :=
  match a, b with
  | [], [] => true
  | x :: a', y :: b' => (x =? y)%Z && same_list a' b'
  | _, _ => false
  end.
Definition f_eqb (a b : residue) : bool := same_list (fst a) (fst b) && (snd a =? snd b)%positive.

Definition is_inverse (a u : residue) : bool := f_eqb (f_mul u a) ([1%Z], 1%positive).
Definition f_apart (a b : residue) : bool :=
  let c := f_add a (f_opp b) in
  match fst c with
  | [] => false
  | [x] => negb (x =? 0)%Z
  | _ => is_inverse c (inverse F c)
  end.
Definition f_div (a b : residue) : option residue :=
  let u := inverse F b in
  if is_inverse b u then Some (f_mul a u) else None.

(** Between the two lies [scale] times the value of the numerators. *)
Fixpoint bounds (a : list Z) (e : list (Z * Z)) : option (Z * Z) :=
  match a, e with
  | [], _ => Some (0, 0)%Z
  | x :: a', (l, h) :: e' =>
      bind (bounds a' e') (fun '(low, high) =>
        Some (if (0 <=? x)%Z then (x * l + low, x * h + high)%Z else (x * h + low, x * l + high)%Z))
  | _, [] => None
  end.
Definition is_nonneg (c : residue) : option bool :=
  match fst c with
  | [] => Some true
  | [x] => Some (0 <=? x)%Z
  | _ => bind (bounds (fst c) (enclosures F)) (fun '(low, high) =>
      if (0 <=? low)%Z then Some true else if (high <? 0)%Z then Some false else None)
  end.
Definition f_leb (a b : residue) : option bool := is_nonneg (f_add b (f_opp a)).

Definition check_residues : certificate residue -> bool :=
  check ([], 1%positive) f_opp f_add f_mul f_div f_eqb f_apart f_leb.
End Program.

(** ** Enclosures of the powers of a, from one of a itself *)
Definition floor_div (a b : Z) : Z := (a / b)%Z.
Definition ceil_div (a b : Z) : Z := (- ((- a) / b))%Z.
Definition times_enclosure (s : Z) (x y : Z * Z) : Z * Z :=
  let p := (fst x * fst y)%Z in let q := (fst x * snd y)%Z in
  let r := (snd x * fst y)%Z in let t := (snd x * snd y)%Z in
  (floor_div (Z.min (Z.min p q) (Z.min r t)) s, ceil_div (Z.max (Z.max p q) (Z.max r t)) s).
Fixpoint powers (s : Z) (root : Z * Z) (n : nat) (power : Z * Z) : list (Z * Z) :=
  match n with
  | O => []
  | S n' => power :: powers s root n' (times_enclosure s power root)
  end.

(** A field by a real root of [lead x^d - sum of tail_i x^i], between [low / s] and [high / s]; and by any root. *)
Definition real_field (lead : positive) (tail : list Z) (s : positive) (low high : Z) (inverse : residue -> residue) : field :=
  Field lead tail s (powers (Zpos s) (low, high) (length tail) (Zpos s, Zpos s)) inverse.
Definition complex_field (lead : positive) (tail : list Z) (inverse : residue -> residue) : field :=
  Field lead tail 1 [] inverse.
