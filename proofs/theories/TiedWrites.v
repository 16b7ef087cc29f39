(** * What a layer whose writes are tied to its keys can write

    The delta rule [h <- h - beta k (k^T h - v)] applies a factor [I - beta k k^T] and writes [beta v k]: what is written is tied to
    the factor by one number, the value [v]. So with any steps [h <- (I - u k^T) h + v u], one after the other: [A] is the product of
    the factors, what they write together is [writes]. Proved here, over any field:
    - [tied_writes]: whatever has a fixed point can be written: if [b = (I - A) x], the values [v = k^T x] write it;
    - [tied_writes_only]: if there are as many steps as the rank of [I - A], the least number, nothing else can be.
    And over any archimedean ordered field:
    - [bounded_repeats]: if [h <- A h + b] may repeat for ever and the states stay bounded, b is [(I - A) x] for some x;
    so [tied_costs_nothing]: then the tie is no restriction: every factorisation of [A] writes b with some values.

    Proof. With the values [k^T x] no step moves x. Each step adds one dimension at most to what can be written, which contains the
    range of [I - A]. If [y^T A = y^T], then [y^T h] grows by [y^T b] in each step; so y^T b is 0 for all these y, and b
    is in the range. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import HouseholderFactors.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Tied.
Variables (F : fieldType) (n : nat).
Implicit Types (s : seq ('cV[F]_n * 'cV[F]_n)) (p : 'cV[F]_n * 'cV[F]_n) (vs : seq F) (h x : 'cV[F]_n).

(** Steps with their values; the first of the list is the last to be taken, as in [product]. *)
Fixpoint steps s vs h : 'cV[F]_n :=
  if (s, vs) is (p :: s', v :: vs') then factor p *m steps s' vs' h + v *: p.1 else h.
Definition writes s vs : 'cV[F]_n := steps s vs 0.

Lemma steps_affine s vs h : size vs = size s -> steps s vs h = product s *m h + writes s vs.
Proof.
rewrite /writes; elim: s vs => [|p s IH] [|v vs] //= => [_|[sz]]; first by rewrite mul1mx addr0.
by rewrite (IH vs sz) mulmxDr mulmxA addrA.
Qed.

(** The value at which a step leaves [x] where it is. *)
Definition still p x : F := (p.2^T *m x) 0 0.

Lemma steps_still s x : steps s [seq still p x | p <- s] x = x.
Proof.
elim: s => //= p s ->; rewrite /factor mulmxBl mul1mx -mulmxA.
have -> : p.2^T *m x = (still p x)%:M by apply/matrixP => i j; rewrite !ord1 [RHS]mxE eqxx mulr1n.
by rewrite mul_mx_scalar subrK.
Qed.

Theorem tied_writes s x : writes s [seq still p x | p <- s] = (1%:M - product s) *m x.
Proof.
have := steps_still s x; rewrite steps_affine ?size_map // => E.
by rewrite mulmxBl mul1mx -[X in X - _]E addrAC subrr add0r.
Qed.

(** All that can be written, as a space of rows. *)
Fixpoint writable s : 'M[F]_n := if s is p :: s' then (writable s' *m (factor p)^T + p.1^T)%MS else 0.

Lemma writes_writable s vs : ((writes s vs)^T <= writable s)%MS.
Proof.
rewrite /writes; elim: s vs => [|p s IH] [|v vs] /=; rewrite ?trmx0 ?sub0mx //.
rewrite linearD /= trmx_mul; apply: addmx_sub_adds; first exact/submxMr/IH.
by rewrite linearZ; apply: scalemx_sub.
Qed.

Lemma rank_writable s : (\rank (writable s) <= size s)%N.
Proof.
elim: s => [|p s IH] /=; first by rewrite mxrank0.
apply: leq_trans (mxrank_adds_leqif _ _) _; have := leq_add (leq_trans (mxrankM_maxl _ (factor p)^T) IH) (rank_leq_row p.1^T).
by rewrite addn1.
Qed.

Lemma range_writable s : ((1%:M - product s)^T <= writable s)%MS.
Proof.
apply/row_subP => i; have -> : row i (1%:M - product s)^T = ((1%:M - product s) *m delta_mx i 0)^T.
  by rewrite -colE tr_col.
by rewrite -tied_writes; apply: writes_writable.
Qed.

Theorem tied_writes_only s vs : size s = \rank (1%:M - product s) -> exists x, writes s vs = (1%:M - product s) *m x.
Proof.
move=> least; have : (writable s <= (1%:M - product s)^T)%MS.
  rewrite -(geq_leqif (mxrank_leqif_sup (range_writable s))) mxrank_tr -least; exact: rank_writable.
move=> /(submx_trans (writes_writable s vs))/submxP[y Ey]; exists y^T.
by rewrite -[LHS]trmxK Ey trmx_mul trmxK.
Qed.
End Tied.

Section Bounded.
Variables (R : archiFieldType) (n : nat) (A : 'M[R]_n) (b h : 'cV[R]_n) (M : R).
Hypothesis bounded : forall k i, `|iter k (fun g => A *m g + b) h i 0| <= M.

Lemma functional_still (y : 'cV[R]_n) : y^T *m A = y^T -> (y^T *m b) 0 0 = 0.
Proof.
move=> yA; set t := (y^T *m b) 0 0; apply/eqP/negPn/negP => t0.
pose g k := (y^T *m iter k (fun g => A *m g + b) h) 0 0.
have E k : g k = g 0%N + t *+ k.
  elim: k => [|k IH]; first by rewrite addr0.
  by rewrite mulrSr addrA -IH /g iterS mulmxDr mulmxA yA mxE.
pose C := \sum_i `|y i 0| * M.
have bg k : `|g k| <= C.
  rewrite /g mxE; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _.
  by rewrite mxE normrM ler_wpmul2l.
have C0 : 0 <= C by apply: le_trans (bg 0%N).
have t_pos : 0 < `|t| by rewrite normr_gt0.
have [k] : exists k, (C + C) / `|t| < k%:R by eexists; apply: archi_boundP; rewrite divr_ge0 ?addr_ge0.
rewrite ltr_pdivr_mulr // => big; have : `|t *+ k| <= C + C.
  have -> : t *+ k = g k - g 0%N by rewrite E addrAC subrr add0r.
  by apply: le_trans (ler_norm_sub _ _) _; apply: ler_add.
by rewrite normrMn -mulr_natl leNgt big.
Qed.

Theorem bounded_repeats : exists x, b = (1%:M - A) *m x.
Proof.
suff /submxP[y Ey] : (b^T <= (1%:M - A)^T)%MS by exists y^T; rewrite -[LHS]trmxK Ey trmx_mul trmxK.
rewrite submxE; apply/eqP/matrixP => i j; rewrite ord1 [RHS]mxE.
set K := cokermx _; pose y := col j K.
have Ky : (1%:M - A)^T *m y = 0 by rewrite /y colE mulmxA mulmx_coker mul0mx.
have yA : y^T *m A = y^T.
  apply/eqP; rewrite eq_sym -subr_eq0 -[X in X - _]mulmx1 -mulmxBr -[1%:M - A]trmxK -trmx_mul Ky trmx0; exact: eqxx.
have := functional_still yA; rewrite -[y^T *m b]trmxK trmx_mul trmxK mxE.
by rewrite /y colE mulmxA -colE mxE.
Qed.

Corollary tied_costs_nothing s : product s = A -> exists vs, forall g, steps s vs g = A *m g + b.
Proof.
move=> EA; have [x Eb] := bounded_repeats; exists [seq still p x | p <- s] => g.
by rewrite steps_affine ?size_map // tied_writes EA -Eb.
Qed.
End Bounded.
