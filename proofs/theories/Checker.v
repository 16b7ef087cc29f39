(** * A certificate checker: the program

    This is the program that is extracted to OCaml as [eigenmata-check-verified];
    [CheckerSound] proves what its answer means. A certificate (proofs/certificate-format.md, kind points)
    holds a network, an automaton, and points: joint states of the layers, for each letter the point
    that it leads to, and the automaton's state that each stands for. One pass over points and
    letters recomputes every step.

    Vectors are sparse: lists of indices and entries. Tables (of points, of automaton states) are
    balanced by the bits of their keys ([FMapPositive]). The arithmetic is a parameter. Nothing here uses
    more than Coq's standard library. *)
Require Import List Bool NArith ZArith QArith FMapPositive.
Import ListNotations.
Set Implicit Arguments.

(** ** Tables with keys of type N *)
Definition table (A : Type) := PositiveMap.t A.
Definition find (A : Type) (t : table A) (k : N) : option A := PositiveMap.find (N.succ_pos k) t.
Definition empty_table (A : Type) : table A := PositiveMap.empty A.
Definition add_table (A : Type) (k : N) (a : A) (t : table A) : table A := PositiveMap.add (N.succ_pos k) a t.
Definition table_of_list (A : Type) (l : list A) : table A :=
  snd (fold_left (fun '(k, t) a => (N.succ k, add_table k a t)) l (0%N, empty_table A)).

Section Program.
Variable T : Type.
Variables (zero : T) (opp : T -> T) (add mul : T -> T -> T).
(** A quotient, an order may be unknown; [eqb] says yes to equal numbers only, [apart] to different ones only. What is
    not known makes the answer [false]. *)
Variables (div : T -> T -> option T) (eqb apart : T -> T -> bool) (leb : T -> T -> option bool).

(** ** Sparse vectors *)
Definition vec := list (N * T).

Definition bind (A B : Type) (a : option A) (f : A -> option B) : option B :=
  match a with Some a => f a | None => None end.

(** Indices increase and are at least [from]. *)
Fixpoint sorted (from : N) (x : vec) : bool :=
  match x with
  | [] => true
  | (i, _) :: x' => (from <=? i)%N && sorted (N.succ i) x'
  end.
Definition below (n : N) (x : vec) : bool := forallb (fun p => (fst p <? n)%N) x.
Definition well_formed (n : N) (x : vec) : bool := sorted 0 x && below n x.

Fixpoint vadd (x : vec) : vec -> vec :=
  match x with
  | [] => fun y => y
  | (i, a) :: x' => fix add_to (y : vec) : vec :=
      match y with
      | [] => (i, a) :: x'
      | (j, b) :: y' =>
          match (i ?= j)%N with
          | Lt => (i, a) :: vadd x' y
          | Gt => (j, b) :: add_to y'
          | Eq => let c := add a b in
                  if eqb c zero then vadd x' y' else (i, c) :: vadd x' y'
          end
      end
  end.
Definition vscale (c : T) (x : vec) : vec := map (fun p => (fst p, mul c (snd p))) x.

Fixpoint dot_sorted (x : vec) : vec -> T :=
  match x with
  | [] => fun _ => zero
  | (i, a) :: x' => fix dot_with (y : vec) : T :=
      match y with
      | [] => zero
      | (j, b) :: y' =>
          match (i ?= j)%N with
          | Lt => dot_sorted x' y
          | Gt => dot_with y'
          | Eq => add (mul a b) (dot_sorted x' y')
          end
      end
  end.
Definition dot (n : N) (v x : vec) : option T :=
  if sorted 0 v && below n v && sorted 0 x then Some (dot_sorted v x) else None.

Fixpoint vec_eqb (x y : vec) : bool :=
  match x, y with
  | [], [] => true
  | (i, a) :: x', (j, b) :: y' => (i =? j)%N && eqb a b && vec_eqb x' y'
  | _, _ => false
  end.

Fixpoint entry (x : vec) (i : N) : T :=
  match x with
  | [] => zero
  | (j, a) :: x' => if (j =? i)%N then a else entry x' i
  end.

(** Some coordinate tells them apart. *)
Definition vec_apart (x y : vec) : bool :=
  existsb (fun p => apart (entry x (fst p)) (entry y (fst p))) x
  || existsb (fun p => apart (entry x (fst p)) (entry y (fst p))) y.

(** ** Transition matrices and what they do to a vector *)
Inductive matrix :=
  | Diagonal (d : vec)
  | RankOne (factors : list (vec * vec))        (* I - u v^T, in the order in which they act *)
  | Householder (factors : list (T * vec))      (* I - (beta / v^T v) v v^T *)
  | Dense (rows : list vec).

Definition apply_rank_one (n : N) (x : option vec) (f : vec * vec) : option vec :=
  bind x (fun x => bind (dot n (snd f) x) (fun s =>
    Some (if eqb s zero then x else vadd x (vscale (opp s) (fst f))))).
Definition apply_householder (n : N) (x : option vec) (f : T * vec) : option vec :=
  bind x (fun x => bind (dot n (snd f) x) (fun s =>
    if eqb s zero then Some x else
    bind (dot n (snd f) (snd f)) (fun q => bind (div (fst f) q) (fun c =>
      Some (vadd x (vscale (opp (mul c s)) (snd f))))))).
(** The products of rows [i], [i + 1], … with [x]. *)
Fixpoint apply_rows (n i : N) (rows : list vec) (x : vec) : option vec :=
  match rows with
  | [] => Some []
  | row :: rows' => bind (dot n row x) (fun s => bind (apply_rows n (N.succ i) rows' x) (fun y =>
      Some (if eqb s zero then y else (i, s) :: y)))
  end.
Definition apply_diagonal (d x : vec) : vec :=
  filter (fun p => negb (eqb (snd p) zero)) (map (fun p => (fst p, mul (entry d (fst p)) (snd p))) x).

Definition apply (n : N) (A : matrix) (x : vec) : option vec :=
  match A with
  | Diagonal d => if sorted 0 d then Some (apply_diagonal d x) else None
  | RankOne fs => fold_left (apply_rank_one n) fs (Some x)
  | Householder fs => fold_left (apply_householder n) fs (Some x)
  | Dense rows => if (N.of_nat (length rows) =? n)%N then apply_rows n 0 rows x else None
  end.

(** ** Decoders *)
Record readout := Readout { weights : vec; constant : T; thresholds : list T; outputs_by_count : table N }.
Inductive decoder :=
  | Affine (r : readout)
  | AffineByLetter (rs : table readout)
  | Table (rows : list (vec * (N + table N))).   (* one output, or one for each input symbol *)

Fixpoint count_below (value : T) (ts : list T) (k : N) : option N :=
  match ts with
  | [] => Some k
  | t :: ts' => bind (leb t value) (fun b : bool => count_below value ts' (if b then N.succ k else k))
  end.
Definition read (n : N) (r : readout) (h : vec) : option N :=
  bind (dot n (weights r) h) (fun s =>
  bind (count_below (add s (constant r)) (thresholds r) 0) (fun k => find (outputs_by_count r) k)).
Definition row_output (o : N + table N) (s : N) : option N :=
  match o with inl o => Some o | inr os => find os s end.
Fixpoint lookup (n : N) (rows : list (vec * (N + table N))) (h : vec) (s : N) : option N :=
  match rows with
  | [] => None
  | (row, o) :: rows' =>
      if well_formed n row then
        if vec_eqb row h then row_output o s else
        if vec_apart row h then lookup n rows' h s else None
      else None
  end.
Definition decode_vec (n : N) (d : decoder) (h : vec) (s : N) : option N :=
  match d with
  | Affine r => read n r h
  | AffineByLetter rs => bind (find rs s) (fun r => read n r h)
  | Table rows => if well_formed n h then lookup n rows h s else None
  end.

(** ** Networks, automata, certificates *)
Record layer := Layer {
  dimension : N;
  initial : vec;
  maps : table (matrix * vec);      (* A and B of each input symbol *)
  decoder_of : decoder }.

Record automaton := Automaton {
  initial_state : N;
  accepting : table bool;           (* of each state *)
  next : table (table N) }.         (* of each state, under each letter *)

Record point := Point { vectors : list vec; state_of : N; steps : table N }.

Record certificate := Certificate {
  letters : N;
  automaton_of : automaton;
  layers : list layer;
  accept_outputs : table unit;
  accept_empty : bool;
  points : table point;
  point_count : N }.

(** One letter through the layers: their new states, and the last output. *)
Fixpoint advance (Ls : list layer) (hs : list vec) (s : N) : option (list vec * N) :=
  match Ls, hs with
  | [], [] => Some ([], s)
  | L :: Ls', h :: hs' =>
      bind (find (maps L) s) (fun Ab =>
      bind (apply (dimension L) (fst Ab) h) (fun y =>
      let h' := vadd y (snd Ab) in
      bind (decode_vec (dimension L) (decoder_of L) h' s) (fun o =>
      bind (advance Ls' hs' o) (fun '(hs'', last) => Some (h' :: hs'', last)))))
  | _, _ => None
  end.

Fixpoint all_vec_eqb (xs ys : list vec) : bool :=
  match xs, ys with
  | [], [] => true
  | x :: xs', y :: ys' => vec_eqb x y && all_vec_eqb xs' ys'
  | _, _ => false
  end.

Definition accepts_output (C : certificate) (o : N) : bool :=
  match find (accept_outputs C) o with Some _ => true | None => false end.
Definition accepting_state (A : automaton) (q : N) : bool :=
  match find (accepting A) q with Some b => b | None => false end.
Definition next_state (A : automaton) (q x : N) : option N :=
  bind (find (next A) q) (fun row => find row x).

(** Rules 3 to 5 for a point and a letter. *)
Definition check_step (C : certificate) (p : point) (x : N) : bool :=
  match find (steps p) x with
  | Some t =>
      match find (points C) t, advance (layers C) (vectors p) x,
            next_state (automaton_of C) (state_of p) x with
      | Some target, Some (hs, o), Some q =>
          (t <? point_count C)%N
          && all_vec_eqb (vectors target) hs && (state_of target =? q)%N
          && Bool.eqb (accepts_output C o) (accepting_state (automaton_of C) q)
      | _, _, _ => false
      end
  | None => false
  end.

(** [f] holds for all numbers below [n]. *)
Definition for_all_below (n : N) (f : N -> bool) : bool :=
  snd (N.iter n (fun '(k, b) => (N.succ k, if b : bool then f k else false)) (0%N, true)).

Definition check_point (C : certificate) (k : N) : bool :=
  match find (points C) k with
  | Some p => for_all_below (letters C) (check_step C p)
  | None => false
  end.

Definition check_start (C : certificate) : bool :=
  match find (points C) 0 with
  | Some p => all_vec_eqb (vectors p) (map initial (layers C))
              && (state_of p =? initial_state (automaton_of C))%N
  | None => false
  end && (0 <? point_count C)%N.

Definition check (C : certificate) : bool :=
  check_start C
  && Bool.eqb (accept_empty C) (accepting_state (automaton_of C) (initial_state (automaton_of C)))
  && for_all_below (point_count C) (check_point C).
End Program.

(** ** Rational numbers

    Coq's fractions, kept in lowest terms; integers, the common case, without a gcd. *)
Definition both_integers (a b : Q) : bool := (Qden a =? 1)%positive && (Qden b =? 1)%positive.
Definition q_add (a b : Q) : Q :=
  if both_integers a b then Qmake (Qnum a + Qnum b) 1 else Qred (Qplus a b).
Definition q_mul (a b : Q) : Q :=
  if both_integers a b then Qmake (Qnum a * Qnum b) 1 else Qred (Qmult a b).
Definition q_div (a b : Q) : Q := Qred (Qdiv a b).
Definition q_opp (a : Q) : Q := Qmake (- Qnum a) (Qden a).
Definition q_eqb (a b : Q) : bool := Qeq_bool a b.
Definition q_leb (a b : Q) : bool := Qle_bool a b.

Definition check_rational : certificate Q -> bool :=
  check (0%Q) q_opp q_add q_mul (fun a b => Some (q_div a b)) q_eqb (fun a b => negb (q_eqb a b))
    (fun a b => Some (q_leb a b)).
