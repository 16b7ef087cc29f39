(** * Networks run in numbers of finitely many bits: the program

    Certificates of kind numeric (proofs/certificate-format.md, "Numbers of finitely many bits"): the network is run in floats, fixed
    point or integers, every operation rounded as a plan says (proofs/numeric-semantics.md). This file defines that arithmetic, what a layer
    does in it, and a checker: the listed states hold the start and are closed under every letter. [NumericSound]
    proves what its answer means, and that [nearest] is round-to-nearest, ties to even.

    A number is m * 2^e, an infinity, or NaN; zeros have no sign. Sums and products are exact, and [round] rounds them to a format. Numbers of a
    format are kept in one way each, so that equal states are the same ones. *)
Require Import List Bool NArith ZArith QArith.
From Eigenmata Require Import Checker.
Import ListNotations.
Set Implicit Arguments.
Local Open Scope Z_scope.

Inductive value := Finite (m e : Z) | Infinite (negative : bool) | NaN.

Definition shift_up (m k : Z) : Z := if k <=? 0 then m else Z.shiftl m k.

(** Exact sums and products; infinities as IEEE 754 has them. *)
Definition v_opp (a : value) : value :=
  match a with Finite m e => Finite (- m) e | Infinite s => Infinite (negb s) | NaN => NaN end.
Definition v_add (a b : value) : value :=
  match a, b with
  | NaN, _ | _, NaN => NaN
  | Infinite s, Infinite t => if Bool.eqb s t then a else NaN
  | Infinite _, _ => a
  | _, Infinite _ => b
  | Finite m e, Finite n f =>
      if m =? 0 then b else if n =? 0 then a else
      let l := Z.min e f in Finite (shift_up m (e - l) + shift_up n (f - l)) l
  end.
Definition v_mul (a b : value) : value :=
  match a, b with
  | NaN, _ | _, NaN => NaN
  | Finite m e, Finite n f => Finite (m * n) (e + f)
  | Infinite s, Infinite t => Infinite (xorb s t)
  | Infinite s, Finite m _ | Finite m _, Infinite s => if m =? 0 then NaN else Infinite (xorb s (m <? 0))
  end.
Definition v_eqb (a b : value) : bool :=
  match a, b with
  | Finite m e, Finite n f => (m =? n) && (e =? f)
  | Infinite s, Infinite t => Bool.eqb s t
  | NaN, NaN => true
  | _, _ => false
  end.

(** ** Formats *)
Inductive special := InfinityAndNaN | OnlyNaN | Neither.   (* what lies beyond the largest numbers *)
Record format := Format {
  is_float : bool;
  fraction : Z;              (* bits behind the point *)
  lowest : Z;                (* floats: the least normal number is 2^lowest *)
  specials : special;
  largest : Z * Z;           (* m * 2^e, and the magnitude of the least number *)
  least : Z * Z;
  wraps : option Z }.        (* integers modulo 2^this *)

(** n / d for d > 0, to the nearest integer, of two equally near to the even one. *)
Definition nearest (n d : Z) : Z :=
  let q := n / d in
  match (2 * (n - q * d)) ?= d with
  | Lt => q
  | Gt => q + 1
  | Eq => if Z.even q then q else q + 1
  end.

(** The k with 2^k <= n / d < 2^(k + 1), for n, d > 0. *)
Definition binade (n d : Z) : Z :=
  let k := Z.log2 n - Z.log2 d in
  if shift_up d k <=? shift_up n (- k) then k else k - 1.

Definition zero : value := Finite 0 0.
Definition exceeds (m e : Z) (top : Z * Z) : bool :=
  let l := Z.min e (snd top) in shift_up (fst top) (snd top - l) <? shift_up (Z.abs m) (e - l).
Definition beyond (f : format) (negative : bool) : value :=
  match specials f with
  | InfinityAndNaN => Infinite negative
  | OnlyNaN => NaN
  | Neither => if negative then Finite (- fst (least f)) (snd (least f)) else Finite (fst (largest f)) (snd (largest f))
  end.
(** The number m * 2^e that was rounded: zero, too large, or kept in its one way. *)
Definition finish (f : format) (m e : Z) : value :=
  match wraps f with
  | Some bits => let r := m mod 2 ^ bits in if r =? 0 then zero else Finite r 0
  | None =>
      if m =? 0 then zero else
      if exceeds m e (if m <? 0 then least f else largest f) then beyond f (m <? 0) else
      if is_float f && (Z.shiftl 1 (fraction f + 1) <=? Z.abs m) then Finite (m / 2) (e + 1) else Finite m e
  end.
(** What the last bit kept is worth, for a number of this binade. *)
Definition last_bit (f : format) (k : Z) : Z := (if is_float f then Z.max k (lowest f) else 0) - fraction f.

(** The number n / d * 2^e in the format; d > 0. *)
Definition round_ratio (f : format) (n d e : Z) : value :=
  if n =? 0 then zero else
  let last := last_bit f (if is_float f then binade (Z.abs n) d + e else 0) in
  finish f (nearest (shift_up n (e - last)) (shift_up d (last - e))) last.
Definition round (f : format) (a : value) : value :=
  match a with
  | Finite m e => round_ratio f m 1 e
  | Infinite s => beyond f s
  | NaN => match specials f with Neither => zero | _ => NaN end
  end.

(** Exact numbers as parameters; integers take integers only. *)
Definition is_integer_format (f : format) : bool := negb (is_float f) && (fraction f =? 0).
Definition parameter (f : format) (a : Q) : option value :=
  let r := round_ratio f (Qnum a) (Zpos (Qden a)) 0 in
  if is_integer_format f then
    if negb (Qden a =? 1)%positive then None else
    match wraps f, r with
    | Some _, _ => Some r
    | None, Finite m _ => if m =? Qnum a then Some r else None
    | None, _ => None
    end
  else Some r.
(** x / sqrt s, rounded once; s > 0. The square of it is n / d. *)
Definition over_root (f : format) (x s : Q) : option value :=
  if Qnum x =? 0 then Some zero else
  if is_integer_format f || (Qnum s <=? 0) then None else
  let n := Qnum x * Qnum x * Zpos (Qden s) in
  let d := Zpos (Qden x) * Zpos (Qden x) * Qnum s in
  let last := last_bit f (if is_float f then binade n d / 2 else 0) in
  let n' := shift_up n (- (2 * last)) in
  let d' := shift_up d (2 * last) in
  let k := Z.sqrt (n' / d') in
  let k' := match (4 * n') ?= ((2 * k + 1) * (2 * k + 1) * d') with
            | Lt => k
            | Gt => k + 1
            | Eq => if Z.even k then k else k + 1
            end in
  Some (finish f (if Qnum x <? 0 then - k' else k') last).

(** ** Plans: what is rounded where *)
Record plan := Plan {
  parameters : format;
  products : format;      (* in sums of products *)
  sums : format;          (* while they run *)
  operations : format;    (* their totals, and all else *)
  states : format;
  in_pairs : bool;        (* sums as trees; else from left to right *)
  fused : bool;           (* c + a b outside of sums is rounded once *)
  normalised : bool }.    (* Householder factors hold v / |v| and beta; else v and beta / v^T v *)

Section Program.
Variable P : plan.

Definition operation (a : value) : value := round (operations P) a.

Fixpoint neighbours (l : list value) : list value :=
  match l with
  | a :: b :: l' => round (sums P) (v_add a b) :: neighbours l'
  | _ => l
  end.
Fixpoint tree (depth : nat) (l : list value) : value :=
  match l, depth with
  | [], _ => zero
  | [a], _ => a
  | a :: _, O => a
  | _, S k => tree k (neighbours l)
  end.
Fixpoint products_of (x y : list value) : list value :=
  match x, y with
  | a :: x', b :: y' => round (products P) (v_mul a b) :: products_of x' y'
  | _, _ => []
  end.
Definition sum_of_products (x y : list value) : value :=
  let l := products_of x y in
  operation (if in_pairs P then tree (length l) l else fold_left (fun s a => round (sums P) (v_add s a)) l zero).
Definition plus_product (c a b : value) : value :=
  operation (v_add c (if fused P then v_mul a b else operation (v_mul a b))).

(** ** Layers, their numbers rounded *)
Inductive rounded_matrix :=
  | RDiagonal (d : list value)
  | RFactors (factors : list (list value * list value * option value))  (* u, v, scale *)
  | RDense (rows : list (list value)).
Record rounded_readout := RoundedReadout {
  r_weights : list value; r_constant : value; r_thresholds : list Q; r_outputs : table N }.
Inductive rounded_decoder :=
  | RAffine (r : rounded_readout)
  | RAffineByLetter (rs : table rounded_readout)
  | RTable (rows : list (list value * (N + table N))).
Record rounded_layer := RoundedLayer {
  r_start : list value;
  r_maps : table (rounded_matrix * list value);
  r_decoder : rounded_decoder }.

Fixpoint all_of (A B : Type) (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: l' => bind (f a) (fun b => bind (all_of f l') (fun bs => Some (b :: bs)))
  end.

(** The entries from [i] on of a sparse vector, each by [p]. *)
Fixpoint dense (p : Q -> option value) (k : nat) (i : N) (x : vec Q) : option (list value) :=
  match k with
  | O => match x with [] => Some [] | _ => None end
  | S k' =>
      match x with
      | (j, a) :: x' =>
          if (j =? i)%N then bind (p a) (fun b => bind (dense p k' (N.succ i) x') (fun l => Some (b :: l)))
          else bind (dense p k' (N.succ i) x) (fun l => Some (zero :: l))
      | [] => bind (dense p k' (N.succ i) []) (fun l => Some (zero :: l))
      end
  end.
Definition square (v : vec Q) : Q := fold_left (fun s p => q_add s (q_mul (snd p) (snd p))) v 0%Q.

Section Rounding.
Variable n : N.
Definition dense_in (f : format) (x : vec Q) : option (list value) := dense (parameter f) (N.to_nat n) 0 x.
Definition dense_parameters (x : vec Q) : option (list value) := dense_in (parameters P) x.

Definition round_rank_one (f : vec Q * vec Q) :=
  bind (dense_parameters (fst f)) (fun u => bind (dense_parameters (snd f)) (fun v => Some (u, v, @None value))).
Definition round_householder (f : Q * vec Q) :=
  let s := square (snd f) in
  if normalised P then
    bind (dense (fun a => over_root (parameters P) a s) (N.to_nat n) 0 (snd f)) (fun k =>
    bind (parameter (parameters P) (fst f)) (fun b => Some (k, k, Some b)))
  else
    bind (dense_parameters (snd f)) (fun v =>
    bind (parameter (parameters P) (q_div (fst f) s)) (fun b => Some (v, v, Some b))).
Definition round_matrix (A : matrix Q) : option rounded_matrix :=
  match A with
  | Diagonal d => bind (dense_parameters d) (fun d => Some (RDiagonal d))
  | RankOne fs => bind (all_of round_rank_one fs) (fun fs => Some (RFactors fs))
  | Householder fs => bind (all_of round_householder fs) (fun fs => Some (RFactors fs))
  | Dense rows => bind (all_of dense_parameters rows) (fun rows => Some (RDense rows))
  end.
Definition round_map (Ab : matrix Q * vec Q) : option (rounded_matrix * list value) :=
  bind (round_matrix (fst Ab)) (fun A => bind (dense_parameters (snd Ab)) (fun b => Some (A, b))).
Definition round_readout (r : readout Q) : option rounded_readout :=
  bind (dense_parameters (weights r)) (fun w => bind (parameter (parameters P) (constant r)) (fun c =>
  Some (RoundedReadout w c (thresholds r) (outputs_by_count r)))).
Definition round_row (r : vec Q * (N + table N)) : option (list value * (N + table N)) :=
  bind (dense_in (states P) (fst r)) (fun h => Some (h, snd r)).
End Rounding.

Fixpoint v_list_eqb (x y : list value) : bool :=
  match x, y with
  | [], [] => true
  | a :: x', b :: y' => v_eqb a b && v_list_eqb x' y'
  | _, _ => false
  end.

(** The layers of a certificate before their numbers are rounded: dimension, does a beginning-of-sequence token write the start, start, maps,
    decoder. Lists where [Checker.layer] has tables. *)
Inductive exact_decoder :=
  | EAffine (r : readout Q) | EAffineByLetter (rs : list (readout Q)) | ETable (rows : list (vec Q * (N + table N))).
Record exact_layer := ExactLayer {
  e_dimension : N; e_bos : bool; e_start : vec Q; e_maps : list (matrix Q * vec Q); e_decoder : exact_decoder }.

Definition round_decoder (n : N) (d : exact_decoder) : option rounded_decoder :=
  match d with
  | EAffine r => bind (round_readout n r) (fun r => Some (RAffine r))
  | EAffineByLetter rs => bind (all_of (round_readout n) rs) (fun rs => Some (RAffineByLetter (table_of_list rs)))
  | ETable rows => bind (all_of (round_row n) rows) (fun rows => Some (RTable rows))
  end.
Definition round_layer (L : exact_layer) : option rounded_layer :=
  bind (dense_in (e_dimension L) (if e_bos L then parameters P else states P) (e_start L)) (fun h =>
  bind (all_of (round_map (e_dimension L)) (e_maps L)) (fun maps =>
  bind (round_decoder (e_dimension L) (e_decoder L)) (fun d => Some (RoundedLayer h (table_of_list maps) d)))).

(** ** One step *)
Fixpoint plus_products (c a b : list value) : list value :=
  match c, a, b with
  | x :: c', y :: a', z :: b' => plus_product x y z :: plus_products c' a' b'
  | _, _, _ => []
  end.
Fixpoint plus (x y : list value) : list value :=
  match x, y with
  | a :: x', b :: y' => operation (v_add a b) :: plus x' y'
  | _, _ => []
  end.
Definition apply_factor (h : list value) (f : list value * list value * option value) : list value :=
  let '(u, v, scale) := f in
  let s := sum_of_products v h in
  let s := match scale with Some c => operation (v_mul c s) | None => s end in
  map (fun '(x, y) => operation (v_add x (v_opp (if fused P then v_mul y s else operation (v_mul y s))))) (combine h u).
Definition layer_next (L : rounded_layer) (h : list value) (s : N) : option (list value) :=
  bind (find (r_maps L) s) (fun '(A, b) =>
    Some (map (round (states P))
      match A with
      | RDiagonal d => plus_products b d h
      | RFactors fs => plus (fold_left apply_factor fs h) b
      | RDense rows => plus (map (fun row => sum_of_products row h) rows) b
      end)).

Definition at_most (t : Q) (m e : Z) : bool :=   (* t <= m * 2^e *)
  shift_up (Qnum t) (- e) <=? shift_up m e * Zpos (Qden t).
Fixpoint passed (ts : list Q) (m e : Z) (k : N) : N :=
  match ts with
  | t :: ts' => if at_most t m e then passed ts' m e (N.succ k) else k
  | [] => k
  end.
Definition output_at (r : rounded_readout) (a : value) : option N :=
  let ts := r_thresholds r in
  match ts, a with
  | [], _ => find (r_outputs r) 0
  | _, NaN => None
  | _, Infinite true => find (r_outputs r) 0
  | _, Infinite false => find (r_outputs r) (N.of_nat (length ts))
  | _, Finite m e => find (r_outputs r) (passed ts m e 0)
  end.
Definition read_rounded (r : rounded_readout) (h : list value) : option N :=
  output_at r (operation (v_add (sum_of_products (r_weights r) h) (r_constant r))).
Fixpoint rounded_row (rows : list (list value * (N + table N))) (h : list value) (s : N) : option N :=
  match rows with
  | [] => None
  | (row, o) :: rows' => if v_list_eqb row h then row_output o s else rounded_row rows' h s
  end.
Definition layer_output (L : rounded_layer) (h : list value) (s : N) : option N :=
  match r_decoder L with
  | RAffine r => read_rounded r h
  | RAffineByLetter rs => bind (find rs s) (fun r => read_rounded r h)
  | RTable rows => rounded_row rows h s
  end.

(** One letter through all layers. *)
Fixpoint rounded_advance (Ls : list rounded_layer) (hs : list (list value)) (s : N) : option (list (list value) * N) :=
  match Ls, hs with
  | [], [] => Some ([], s)
  | L :: Ls', h :: hs' =>
      bind (layer_next L h s) (fun h' => bind (layer_output L h' s) (fun o =>
      bind (rounded_advance Ls' hs' o) (fun '(hs'', last) => Some (h' :: hs'', last))))
  | _, _ => None
  end.
End Program.

(** ** The checker *)
Record numeric_certificate := NumericCertificate {
  n_plan : plan;
  n_letters : N;
  n_automaton : automaton;
  n_layers : list exact_layer;
  n_accept_outputs : table unit;
  n_accept_empty : bool;
  n_states : table (N * list (list value));   (* state of the automaton, states of the layers *)
  n_count : N }.

Fixpoint all_v_eqb (x y : list (list value)) : bool :=
  match x, y with
  | [], [] => true
  | a :: x', b :: y' => v_list_eqb a b && all_v_eqb x' y'
  | _, _ => false
  end.

Section Check.
Variable C : numeric_certificate.
Variable Ls : list rounded_layer.
(** Where a state is listed: proposed, not trusted. *)
Variable locate : N -> list (list value) -> N.

Definition is_listed (q : N) (hs : list (list value)) : bool :=
  let k := locate q hs in
  match find (n_states C) k with
  | Some (q', hs') => (q' =? q)%N && all_v_eqb hs' hs && (k <? n_count C)%N
  | None => false
  end.
Definition accepts_n (o : N) : bool := match find (n_accept_outputs C) o with Some _ => true | None => false end.
Definition check_numeric_step (q : N) (hs : list (list value)) (x : N) : bool :=
  match rounded_advance (n_plan C) Ls hs x, next_state (n_automaton C) q x with
  | Some (hs', o), Some q' => is_listed q' hs' && Bool.eqb (accepts_n o) (accepting_state (n_automaton C) q')
  | _, _ => false
  end.
Definition check_state (k : N) : bool :=
  match find (n_states C) k with
  | Some (q, hs) => for_all_below (n_letters C) (check_numeric_step q hs)
  | None => false
  end.
Definition check_closed : bool :=
  is_listed (initial_state (n_automaton C)) (map r_start Ls)
  && Bool.eqb (n_accept_empty C) (accepting_state (n_automaton C) (initial_state (n_automaton C)))
  && for_all_below (n_count C) check_state.
End Check.

Definition round_layers (C : numeric_certificate) : option (list rounded_layer) := all_of (round_layer (n_plan C)) (n_layers C).
Definition check_numeric (locate : N -> list (list value) -> N) (C : numeric_certificate) : bool :=
  match round_layers C with Some Ls => check_closed C Ls locate | None => false end.
