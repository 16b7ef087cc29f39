(** * Networks run in chunks: the program

    The plan fla-chunk:C (proofs/numeric-semantics.md, "In chunks"): C letters at a time, the state known only where a chunk ends. The
    factors since then are rows; what each adds along its key is read off a triangular system, whose inverse grows by a row at a time. This file
    defines what a layer of Householder factors does so, in the arithmetic of [Numeric], and the checker of certificates in
    which a state is that of the layers at the last boundary with the letters since. [ChunksSound] proves what its answer means. *)
Require Import List Bool NArith ZArith QArith.
From Eigenmata Require Import Checker Numeric.
Import ListNotations.
Set Implicit Arguments.

Section Program.
Variable P : plan.
Notation vector := (list value).

(** Rounded to the format of parameters, as matrix products read their operands. *)
Definition narrow (a : value) : value := round (parameters P) a.

(** ** Layers, their numbers rounded *)
Record chunk_map := ChunkMap {
  c_factors : list (vector * value);      (* keys and betas, in the order in which they act *)
  c_written : value }.                    (* the x that the last factor writes *)
Record chunk_layer := ChunkLayer {
  c_start : vector;
  c_maps : table chunk_map;
  c_decoder : rounded_decoder }.

Fixpoint multiple (r : Q) (v b : vec Q) : bool :=   (* b = r v *)
  match v, b with
  | [], [] => true
  | (i, a) :: v', (j, c) :: b' => (i =? j)%N && Qeq_bool (q_mul a r) c && multiple r v' b'
  | _, _ => false
  end.
(** b = r v = beta x v / |v|, so x = (r / beta) |v|. *)
Definition written (fs : list (Q * vec Q)) (b : vec Q) : option value :=
  match b with
  | [] => Some zero
  | (_, b0) :: _ =>
      match rev fs with
      | (beta, ((_, v0) :: _) as v) :: _ =>
          let r := q_div b0 v0 in
          if Qeq_bool beta 0 || Qeq_bool v0 0 || negb (multiple r v b) then None
          else over_root (parameters P) (q_mul (q_div r beta) (square v)) (square v)
      | _ => None
      end
  end.
Definition chunk_factor (n : N) (f : Q * vec Q) : option (vector * value) :=
  bind (round_householder P n f) (fun '(k, _, scale) => bind scale (fun beta => Some (k, beta))).
Definition round_chunk_map (n : N) (Ab : matrix Q * vec Q) : option chunk_map :=
  match fst Ab with
  | Householder fs =>
      bind (written fs (snd Ab)) (fun x => bind (all_of (chunk_factor n) fs) (fun fs' => Some (ChunkMap fs' x)))
  | _ => None
  end.
Definition round_chunk_layer (L : exact_layer) : option chunk_layer :=
  match e_decoder L with
  | ETable _ => None
  | _ =>
      bind (dense_in (e_dimension L) (if e_bos L then parameters P else states P) (e_start L)) (fun h =>
      bind (all_of (round_chunk_map (e_dimension L)) (e_maps L)) (fun maps =>
      bind (round_decoder P (e_dimension L) (e_decoder L)) (fun d => Some (ChunkLayer h (table_of_list maps) d))))
  end.

(** ** Rows *)
Record row := Row {
  key : vector;
  scaled_key : vector;     (* beta k *)
  scaled_value : value;    (* beta x *)
  inverse : vector;        (* of the triangular matrix, up to the diagonal *)
  added : value }.         (* along the key *)

Fixpoint put_before (x : vector) (columns : list vector) : list vector :=
  match x, columns with
  | a :: x', c :: columns' => (a :: c) :: put_before x' columns'
  | _, _ => []
  end.
(** The columns of rows of [n] numbers. *)
Definition columns (n : nat) (rows : list vector) : list vector := fold_right put_before (repeat [] n) rows.

(** The inverse's next row; [coupling] is that of the matrix left of the diagonal. *)
Definition next_inverse (rows : list row) (coupling : vector) : vector :=
  map (fun j =>
    v_opp (operation P (v_add (nth j coupling zero)
      (sum_of_products P (skipn (S j) coupling) (map (fun r => nth j (inverse r) zero) (skipn (S j) rows))))))
    (seq 0 (length rows))
  ++ [Finite 1 0].
Definition append (h : vector) (rows : list row) (f : vector * value) (x : value) : list row :=
  let '(k, beta) := f in
  let times_beta a := operation P (v_mul beta a) in
  let t := next_inverse rows (map (fun r => times_beta (sum_of_products P k (key r))) rows) in
  let k' := map (fun a => narrow (times_beta a)) k in
  let x' := narrow (times_beta x) in
  let combined terms := narrow (sum_of_products P (map narrow t) terms) in
  let w := map combined (columns (length h) (map scaled_key rows ++ [k'])) in
  let u := combined (map scaled_value rows ++ [x']) in
  let y := narrow (operation P (v_add u (v_opp (sum_of_products P w (map narrow h))))) in
  rows ++ [Row k k' x' t y].
(** The last factor writes, the others write nothing. *)
Fixpoint append_all (h : vector) (rows : list row) (fs : list (vector * value)) (x : value) : list row :=
  match fs with
  | [] => rows
  | [f] => append h rows f x
  | f :: fs' => append_all h (append h rows f zero) fs' x
  end.

Definition read_chunk (h : vector) (rows : list row) (r : rounded_readout) : option N :=
  let scores := map (fun row => narrow (sum_of_products P (r_weights r) (key row))) rows in
  let a := operation P (v_add (sum_of_products P (r_weights r) (map narrow h)) (sum_of_products P scores (map added rows))) in
  output_at r (operation P (v_add a (r_constant r))).
Definition chunk_output (L : chunk_layer) (h : vector) (rows : list row) (s : N) : option N :=
  match c_decoder L with
  | RAffine r => read_chunk h rows r
  | RAffineByLetter rs => bind (find rs s) (read_chunk h rows)
  | RTable _ => None
  end.
(** The state at the end of a chunk. *)
Definition closed (h : vector) (rows : list row) : vector :=
  map (fun '(a, entries) => round (states P) (operation P (v_add a (sum_of_products P entries (map added rows)))))
    (combine h (columns (length h) (map key rows))).

(** ** One letter through all layers, each with its state at the last boundary and its rows since *)
Definition chunk_next (L : chunk_layer) (h : vector) (rows : list row) (s : N) : option (list row) :=
  bind (find (c_maps L) s) (fun m => Some (append_all h rows (c_factors m) (c_written m))).
Fixpoint chunk_advance (Ls : list chunk_layer) (hs : list (vector * list row)) (s : N) :
    option (list (vector * list row) * N) :=
  match Ls, hs with
  | [], [] => Some ([], s)
  | L :: Ls', (h, rows) :: hs' =>
      bind (chunk_next L h rows s) (fun rows' => bind (chunk_output L h rows' s) (fun o =>
      bind (chunk_advance Ls' hs' o) (fun '(hs'', last) => Some ((h, rows') :: hs'', last))))
  | _, _ => None
  end.
Fixpoint chunk_run (Ls : list chunk_layer) (hs : list (vector * list row)) (w : list N) : option (list (vector * list row)) :=
  match w with
  | [] => Some hs
  | x :: w' => bind (chunk_advance Ls hs x) (fun '(hs', _) => chunk_run Ls hs' w')
  end.
End Program.

(** ** The checker *)
Record chunk_certificate := ChunkCertificate {
  k_plan : plan;
  k_chunk : nat;                                 (* letters a chunk *)
  k_letters : N;
  k_automaton : automaton;
  k_layers : list exact_layer;
  k_accept_outputs : table unit;
  k_accept_empty : bool;
  k_states : table (N * list (list value) * list N);   (* state of the automaton, of the layers at the last boundary, letters since *)
  k_count : N }.

Fixpoint letters_eqb (x y : list N) : bool :=
  match x, y with
  | [], [] => true
  | a :: x', b :: y' => (a =? b)%N && letters_eqb x' y'
  | _, _ => false
  end.

Section Check.
Variable C : chunk_certificate.
Variable Ls : list chunk_layer.
(** Where a state is listed: proposed, not trusted. *)
Variable locate : N -> list (list value) -> list N -> N.

Definition is_listed_chunk (q : N) (hs : list (list value)) (since : list N) : bool :=
  let k := locate q hs since in
  match find (k_states C) k with
  | Some (q', hs', since') => (q' =? q)%N && all_v_eqb hs' hs && letters_eqb since' since && (k <? k_count C)%N
  | None => false
  end.
Definition accepts_chunk (o : N) : bool := match find (k_accept_outputs C) o with Some _ => true | None => false end.
Definition check_chunk_step (q : N) (hs : list (list value)) (since : list N) (now : list (list value * list row)) (x : N) : bool :=
  match chunk_advance (k_plan C) Ls now x, next_state (k_automaton C) q x with
  | Some (now', o), Some q' =>
      (if Nat.ltb (S (length since)) (k_chunk C) then is_listed_chunk q' hs (since ++ [x])
       else is_listed_chunk q' (map (fun '(h, rows) => closed (k_plan C) h rows) now') [])
      && Bool.eqb (accepts_chunk o) (accepting_state (k_automaton C) q')
  | _, _ => false
  end.
Definition check_chunk_state (k : N) : bool :=
  match find (k_states C) k with
  | Some (q, hs, since) =>
      match chunk_run (k_plan C) Ls (map (fun h => (h, [])) hs) since with
      | Some now => Nat.ltb (length since) (k_chunk C) && for_all_below (k_letters C) (check_chunk_step q hs since now)
      | None => false
      end
  | None => false
  end.
Definition check_chunk_closed : bool :=
  is_listed_chunk (initial_state (k_automaton C)) (map c_start Ls) []
  && Bool.eqb (k_accept_empty C) (accepting_state (k_automaton C) (initial_state (k_automaton C)))
  && for_all_below (k_count C) check_chunk_state.
End Check.

Definition round_chunk_layers (C : chunk_certificate) : option (list chunk_layer) :=
  all_of (round_chunk_layer (k_plan C)) (k_layers C).
Definition check_chunks (locate : N -> list (list value) -> list N -> N) (C : chunk_certificate) : bool :=
  match round_chunk_layers C with Some Ls => check_chunk_closed C Ls locate | None => false end.
