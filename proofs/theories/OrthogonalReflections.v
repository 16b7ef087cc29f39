(** * Orthogonal matrices as reflections, the least number

    Over an ordered field, no square roots, for the scalar product [x^T G y] of any positive definite symmetric matrix [G] (a Gram
    matrix): [mirror_at w = I - (2 / w^T G w) w w^T G]. Proved here: if [A] keeps the scalar product, [A^T G A = G], then [A] is
    a product of exactly [rank (A - I)] reflections ([gram_reflections]); no product of fewer factors [I - u v^T] is [A]
    ([orthogonal_least], Scherk). For [G = I] these are the orthogonal matrices and the reflections [I - (2 / w^T w) w w^T]
    ([orthogonal_reflections]).

    Proof (Cartan and Dieudonné, for a positive form). If [A x] is not [x], the reflection at [w = A x - x] sends [A x] to [x], since both
    have one length, and fixes what [A] fixes, which is orthogonal to [w]. So before it the matrix fixes more: all that [A] fixes,
    and [x]. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import EventualSigns HouseholderFactors StarFreeExact.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Gram.
Variables (R : realFieldType) (n : nat) (G : 'M[R]_n).
Hypothesis G_symmetric : G^T = G.
Hypothesis G_positive : forall w : 'cV[R]_n, w != 0 -> 0 < (w^T *m G *m w) 0 0.
Implicit Types (A M : 'M[R]_n) (x y w : 'cV[R]_n).

Definition dot x y : R := (x^T *m G *m y) 0 0.
Definition mirror_pair w : 'cV[R]_n * 'cV[R]_n := ((2%:R / dot w w) *: w, G *m w).
Definition mirror_at w : 'M[R]_n := factor (mirror_pair w).

Lemma dotC x y : dot x y = dot y x.
Proof.
rewrite /dot; have -> : x^T *m G *m y = (y^T *m G *m x)^T by rewrite !trmx_mul trmxK G_symmetric mulmxA.
by rewrite mxE.
Qed.
Lemma dotBr x y z : dot x (y - z) = dot x y - dot x z.
Proof. by rewrite /dot mulmxBr [LHS]mxE [X in _ + X]mxE. Qed.
Lemma dotZr x a y : dot x (a *: y) = a * dot x y.
Proof. by rewrite /dot -scalemxAr mxE. Qed.
Lemma dotBl x y z : dot (x - y) z = dot x z - dot y z.
Proof. by rewrite dotC dotBr !(dotC z). Qed.
Lemma dotZl a x y : dot (a *: x) y = a * dot x y.
Proof. by rewrite dotC dotZr dotC. Qed.
Lemma dot_entry M i j : dot (delta_mx i 0) (M *m delta_mx j 0) = (G *m M) i j.
Proof.
have -> : dot (delta_mx i 0) (M *m delta_mx j 0) = ((delta_mx i 0 : 'cV_n)^T *m (G *m M) *m (delta_mx j 0 : 'cV_n)) 0 0.
  by rewrite /dot !mulmxA.
by rewrite trmx_delta -rowE -colE !mxE.
Qed.
Lemma outer_mul w y : w *m (G *m w)^T *m y = dot w y *: w.
Proof.
rewrite -mulmxA trmx_mul G_symmetric; have -> : w^T *m G *m y = (dot w y)%:M.
  by apply/matrixP => i j; rewrite !ord1 [RHS]mxE eqxx mulr1n.
by rewrite mul_mx_scalar.
Qed.

Lemma mirror_mul w y : mirror_at w *m y = y - (2%:R * dot w y / dot w w) *: w.
Proof.
rewrite /mirror_at /factor /= mulmxBl mul1mx -scalemxAl -scalemxAl outer_mul scalerA.
by congr (_ - _ *: _); rewrite mulrAC.
Qed.
Lemma mirror_twice w : w != 0 -> mirror_at w *m mirror_at w = 1%:M.
Proof.
move=> w0; have d0 : 0 < dot w w := G_positive w0; apply/matrixP => i j.
have H y : mirror_at w *m (mirror_at w *m y) = y.
  rewrite !mirror_mul dotBr dotZr divfK ?gt_eqF //.
  rewrite -addrA -opprD -scalerDl -mulrDl; set a := dot w y.
  have -> : 2%:R * a + 2%:R * (a - 2%:R * a) = 0 by ring.
  by rewrite mul0r scale0r subr0.
have /matrixP/(_ i 0) := H (delta_mx j 0); rewrite mulmxA -colE !mxE.
by rewrite andbT => ->.
Qed.

(** Keeps the scalar product. *)
Definition isometry A := A^T *m G *m A = G.
Lemma isometry_dot A x y : isometry A -> dot (A *m x) (A *m y) = dot x y.
Proof. by move=> oA; rewrite /dot trmx_mul -[in RHS]oA !mulmxA. Qed.
Lemma mirror_isometry w : w != 0 -> isometry (mirror_at w).
Proof.
move=> w0; have d0 : 0 < dot w w := G_positive w0.
have keeps x y : dot (mirror_at w *m x) (mirror_at w *m y) = dot x y.
  rewrite !mirror_mul !(dotBl, dotBr) !(dotZl, dotZr) (dotC x w).
  move: (dot x y) (dot w x) (dot w y) (dot w w) d0 => a b c d d0.
  by field; rewrite gt_eqF.
apply/matrixP => i j; have := keeps (delta_mx i 0) (delta_mx j 0).
have -> : dot (delta_mx i 0) (delta_mx j 0) = G i j by rewrite -[delta_mx j 0]mul1mx dot_entry mulmx1.
move=> <-; rewrite /dot trmx_mul; set m := mirror_at w.
have -> : (delta_mx i 0 : 'cV_n)^T *m m^T *m G *m (m *m delta_mx j 0) =
          (delta_mx i 0 : 'cV_n)^T *m (m^T *m G *m m) *m (delta_mx j 0 : 'cV_n) by rewrite !mulmxA.
by rewrite trmx_delta -rowE -colE !mxE.
Qed.
Lemma isometry_mirror w A : w != 0 -> isometry A -> isometry (mirror_at w *m A).
Proof.
move=> w0 oA; rewrite /isometry trmx_mul.
have -> : A^T *m (mirror_at w)^T *m G *m (mirror_at w *m A) = A^T *m ((mirror_at w)^T *m G *m mirror_at w) *m A.
  by rewrite !mulmxA.
by rewrite mirror_isometry.
Qed.

(** The reflection that brings [A x] back to [x]. *)
Lemma mirror_back A x : isometry A -> A *m x != x -> mirror_at (A *m x - x) *m (A *m x) = x.
Proof.
move=> oA; rewrite -subr_eq0 => w0; have : 0 < dot (A *m x - x) (A *m x - x) := G_positive w0.
set w := A *m x - x => d0.
have E : 2%:R * dot w (A *m x) = dot w w.
  by rewrite /w !(dotBl, dotBr) (isometry_dot _ _ oA) (dotC x (A *m x)); ring.
by rewrite mirror_mul E divff ?gt_eqF // scale1r /w opprB addrCA subrr addr0.
Qed.
Lemma mirror_keeps A x y : isometry A -> A *m y = y -> mirror_at (A *m x - x) *m y = y.
Proof.
move=> oA Ay; have E : dot (A *m x - x) y = 0 by rewrite dotBl -{1}Ay (isometry_dot _ _ oA) subrr.
by rewrite mirror_mul E mulr0 mul0r scale0r subr0.
Qed.

(** More vectors fixed, less rank. *)
Lemma fixed_rank A M x : (forall y, A *m y = y -> M *m y = y) -> M *m x = x -> A *m x != x ->
  (\rank (M - 1%:M)%R < \rank (A - 1%:M)%R)%N.
Proof.
move=> sub Mx Ax; pose K B := kermx (B - 1%:M : 'M[R]_n)^T.
have inK B (u : 'rV_n) : (u <= K B)%MS = (B *m u^T == u^T).
  rewrite /K; apply/sub_kermxP/eqP => [E|E]; last first.
    by apply: trmx_inj; rewrite trmx_mul trmxK trmx0 mulmxBl mul1mx E subrr.
  by apply/eqP; rewrite -subr_eq0 -[X in _ - X]mul1mx -mulmxBl -[_ - _]trmxK -trmx_mul E trmx0.
have : (K A < K M)%MS.
  rewrite /ltmx; apply/andP; split.
    by apply/rV_subP => u; rewrite !inK => /eqP /sub /eqP.
  apply/rV_subP => /(_ x^T); rewrite !inK trmxK Mx eqxx => /(_ isT); exact/negP.
rewrite ltmxErank => /andP[_]; rewrite !mxrank_ker !mxrank_tr => lt.
have := rank_leq_row (M - 1%:M); have := rank_leq_row (A - 1%:M); move: lt.
by set a := \rank (A - _); set m := \rank (M - _) => lt an mn; rewrite ltnNge; apply/negP => am; move: lt; rewrite ltnNge leq_sub2l.
Qed.

Theorem orthogonal_least A (s : seq ('cV[R]_n * 'cV[R]_n)) : product s = A -> (\rank (A - 1%:M)%R <= size s)%N.
Proof. by move=> <-; apply: rank_lower_bound. Qed.

Theorem gram_reflections A : isometry A ->
  exists s : seq 'cV[R]_n, [/\ {in s, forall w, w != 0}, A = product [seq mirror_pair w | w <- s] & size s = \rank (A - 1%:M)].
Proof.
have [r] := ubnP (\rank (A - 1%:M)); elim: r A => // r IH A Hr oA.
have [/existsP[j Aj]|] := boolP [exists j, A *m delta_mx j 0 != delta_mx j 0 :> 'cV_n]; last first.
  rewrite negb_exists => /forallP all; have -> : A = 1%:M.
    apply/matrixP => i j; have := all j; rewrite negbK => /eqP/matrixP/(_ i 0).
    by rewrite -colE !mxE eqxx andbT.
  by exists [::]; rewrite subrr mxrank0.
set x := delta_mx j 0 in Aj; set w := A *m x - x; have w0 : w != 0 by rewrite subr_eq0.
pose M := mirror_at w *m A; have oM : isometry M by apply: isometry_mirror.
have lt : (\rank (M - 1%:M)%R < \rank (A - 1%:M)%R)%N.
  apply: (fixed_rank (x := x)) => // [y Ay|]; rewrite /M -mulmxA; last exact: mirror_back.
  by rewrite Ay; apply: mirror_keeps.
have [|s [s0 Es ss]] := IH M _ oM; first exact: leq_trans lt _.
have EA : A = product [seq mirror_pair v | v <- w :: s].
  by rewrite /= -Es /M mulmxA -/(mirror_at w) mirror_twice // mul1mx.
exists (w :: s); split=> //; first by move=> v; rewrite inE => /predU1P[->|/s0].
apply/eqP; rewrite eqn_leq /= ss lt /=.
by have := orthogonal_least (esym EA); rewrite size_map /= ss.
Qed.
End Gram.

(** The scalar product of the coordinates. *)
Section Orthogonal.
Variables (R : realFieldType) (n : nat).

Definition orthogonal (A : 'M[R]_n) := A^T *m A = 1%:M.

Lemma unit_positive (w : 'cV[R]_n) : w != 0 -> 0 < (w^T *m 1%:M *m w) 0 0.
Proof.
rewrite mulmx1 => w0; have E : (w^T *m w) 0 0 = \sum_i w i 0 ^+ 2.
  by rewrite mxE; apply: eq_bigr => i _; rewrite mxE expr2.
rewrite E lt_def sumr_ge0 ?andbT => [|i _]; last exact: sqr_ge0.
apply: contraNneq w0 => /eqP; rewrite psumr_eq0 => [/allP H|i _]; last exact: sqr_ge0.
apply/eqP/matrixP => i j; rewrite ord1 mxE.
by have := H i (mem_index_enum _); rewrite /= expf_eq0 => /eqP.
Qed.

Corollary orthogonal_reflections (A : 'M[R]_n) : orthogonal A ->
  exists s : seq 'cV[R]_n, [/\ {in s, forall w, w != 0},
    A = product [seq ((2%:R / (w^T *m w) 0 0) *: w, w) | w <- s] & size s = \rank (A - 1%:M)].
Proof.
move=> oA; have [|s [s0 As ss]] := gram_reflections (trmx1 _ _) unit_positive (A := A).
  by rewrite /isometry mulmx1.
exists s; split=> //; rewrite [LHS]As; congr (product _); apply: eq_map => w.
by rewrite /mirror_pair /dot mulmx1 mul1mx.
Qed.
End Orthogonal.
