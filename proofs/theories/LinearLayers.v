(** * Linear layers and their arithmetics

    A linear layer has a matrix [A x], a matrix [B x] for each letter [x], and runs
    [H <- A x H + B x]; a decoder reads the state and the letter (Grazzi et al.,
    equation (1)). Decoders are arbitrary functions here. One layer gives different causal
    maps in different arithmetics:

    - [exact]: no rounding;
    - [cast_state c]: the state is evaluated exactly, then cast entry by entry;
    - [cast_convolution c]: the finite precision of the negative results of Grazzi et al.:
      the state is a sum over the past letters, each term
      [A x_t … A x_(i+1) B x_i] is evaluated exactly and cast, the sum is exact and cast
      again. (They cast the decoder's answer, too: that is a decoder.)

    Rounding at each step of the recurrence is in [MonotoneRounding]. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks EventualSigns.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Record linear_layer (R : ringType) (I O : Type) := LinearLayer {
  rows : nat;
  cols : nat;
  transition : I -> 'M[R]_rows;
  input : I -> 'M[R]_(rows, cols);
  start : 'M[R]_(rows, cols);
  decode : 'M[R]_(rows, cols) -> I -> O }.
Arguments transition {R I O} l x.
Arguments input {R I O} l x.
Arguments start {R I O} l.
Arguments decode {R I O} l H x.

Section Layer.
Variables (R : ringType) (I O : Type) (L : linear_layer R I O).
Implicit Types u v w : seq I.

(** The state after [w], from [H]. *)
Definition run w H := foldl (fun H a => transition L a *m H + input L a) H w.
(** The product [A x_t … A x_1]. *)
Definition word_matrix w : 'M[R]_(rows L) := foldl (fun P a => transition L a *m P) 1%:M w.

Lemma run_cat u v H : run (u ++ v) H = run v (run u H).
Proof. exact: foldl_cat. Qed.
Lemma run_rcons u x H : run (rcons u x) H = transition L x *m run u H + input L x.
Proof. by rewrite -cats1 run_cat. Qed.

Lemma word_matrix_rcons w x : word_matrix (rcons w x) = transition L x *m word_matrix w.
Proof. by rewrite /word_matrix -cats1 foldl_cat. Qed.
Lemma word_matrix1 x : word_matrix [:: x] = transition L x.
Proof. by rewrite /word_matrix /= mulmx1. Qed.
Lemma word_matrix_cat u v : word_matrix (u ++ v) = word_matrix v *m word_matrix u.
Proof.
elim/last_ind: v => [|v x IH]; first by rewrite cats0 {2}/word_matrix /= mul1mx.
by rewrite -rcons_cat !word_matrix_rcons IH mulmxA.
Qed.
Lemma word_matrix_wpow w k m (M : 'M_(_, m)) :
  word_matrix (wpow w k) *m M = iter k (mulmx (word_matrix w)) M.
Proof.
elim: k => [|k IH]; first by rewrite /word_matrix /= mul1mx.
by rewrite wpowSr word_matrix_cat -mulmxA IH.
Qed.

Lemma word_matrix_loop u w k v m (M : 'M_(_, m)) :
  word_matrix (u ++ wpow w k ++ v) *m M
  = word_matrix v *m iter k (mulmx (word_matrix w)) (word_matrix u *m M).
Proof. by rewrite word_matrix_cat [X in X *m _ *m _]word_matrix_cat -!mulmxA word_matrix_wpow. Qed.

Lemma run_sub w H H' : run w H - run w H' = word_matrix w *m (H - H').
Proof.
elim/last_ind: w => [|w x IH]; first by rewrite /word_matrix /= mul1mx.
rewrite !run_rcons word_matrix_rcons -mulmxA -IH mulmxBr.
by rewrite opprD addrACA subrr addr0.
Qed.

Definition exact : causal I O := fun w x => decode L (run (rcons w x) (start L)) x.
Definition cast_state (c : R -> R) : causal I O :=
  fun w x => decode L (map_mx c (run (rcons w x) (start L))) x.

(** On the words of [D] all coordinates take values of a finite set only. *)
Definition finite_orbit (D : seq I -> Prop) := exists S : seq R, forall w i j, D w -> run w (start L) i j \in S.

(** The cast terms of the letters of [w], when [v] follows, and their sum. *)
Fixpoint cast_terms (c : R -> R) w v : 'M[R]_(rows L, cols L) :=
  if w is x :: w' then map_mx c (word_matrix (w' ++ v) *m input L x) + cast_terms c w' v else 0.
Definition cast_sum (c : R -> R) w :=
  cast_terms c w [::] + map_mx c (word_matrix w *m start L).
Definition cast_convolution (c : R -> R) : causal I O :=
  fun w x => decode L (map_mx c (cast_sum c (rcons w x))) x.

Lemma cast_terms_cat c u v w : cast_terms c (u ++ v) w = cast_terms c u (v ++ w) + cast_terms c v w.
Proof. by elim: u => [|x u IH] /=; rewrite ?add0r // IH addrA -catA. Qed.

(** Without rounding, the sum is the state. *)
Lemma cast_sum_id w : cast_sum id w = run w (start L).
Proof.
have mid n m (M : 'M[R]_(n, m)) : map_mx id M = M by apply/matrixP => i j; rewrite mxE.
have E u H : run u H = word_matrix u *m H + cast_terms id u [::].
  elim: u H => [|x u IH] H; first by rewrite /word_matrix /= mul1mx addr0.
  rewrite -[x :: u]/([:: x] ++ u) run_cat IH word_matrix_cat cast_terms_cat /= mid !cats0 addr0.
  by rewrite word_matrix1 mulmxDr -mulmxA addrA.
by rewrite /cast_sum mid addrC -E.
Qed.
End Layer.
Arguments run {R I O} L w H.
Arguments word_matrix {R I O} L w.
Arguments exact {R I O} L _ _.
Arguments cast_state {R I O} L c _ _.
Arguments finite_orbit {R I O} L D.
Arguments cast_terms {R I O} L c w v.
Arguments cast_sum {R I O} L c w.
Arguments cast_convolution {R I O} L c _ _.
