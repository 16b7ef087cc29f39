(** * What one layer of norm at most 1 recognises

    Let all letters of one linear layer have norm at most 1, let finitely many states be reachable, in exact
    arithmetic; input and decoder are arbitrary. Then no L-class of the syntactic monoid of its
    language has two idempotents ([nonexpansive_layer], the finite-orbit half of the tool's theorem of
    that name; proofs/expressivity.md, section 11): if words [x], [y] are idempotents with [xy = x],
    [yx = y], up to syntactic congruence, they are congruent.

    Proof: some powers [e] of [x] and [f] of [y], and then [alpha] of [ef] and [beta] of [fe], are idempotent as
    maps of the reachable states. A vector that a product of contractions does not shorten is shortened by none of
    them, and what an idempotent contraction fixes is orthogonal to what it sends to 0
    ([contraction_orthogonal]). So [alpha] and [beta] fix the same differences of states; hence
    [alpha], then [beta], is [beta] on every reachable state [h]: the difference of [alpha h] and [h]
    is sent to 0 by the one, so by the other. Answers depend on the state and the last letter. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import Words Networks EventualSigns LinearLayers StarFreeExact.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** ** Contractions *)
Section Contractions.
Variables (R : realFieldType) (n : nat).
Implicit Types (M N : 'M[R]_n) (x y k r : 'cV[R]_n).

Definition contraction M := forall x, sqnorm (M *m x) <= sqnorm x.

Lemma contraction_mul M N : contraction M -> contraction N -> contraction (M *m N).
Proof. by move=> cM cN x; rewrite -mulmxA; apply: le_trans (cM _) (cN _). Qed.
Lemma contraction1 : contraction 1%:M.
Proof. by move=> x; rewrite mul1mx. Qed.

Lemma sqnorm_addZ t x y : sqnorm (x + t *: y) = sqnorm x + 2%:R * t * inner x y + t ^+ 2 * sqnorm y.
Proof.
rewrite /sqnorm /inner !mulr_sumr -!big_split /=; apply: eq_bigr => i _.
by rewrite !mxE; set p := x i 0; set q := y i 0; ring.
Qed.

Lemma inner_subr x y z : inner x (y - z) = inner x y - inner x z.
Proof.
rewrite /inner -sumrB; apply: eq_bigr => i _; by rewrite !mxE mulrBr.
Qed.
Lemma inner_sqnorm x : inner x x = sqnorm x.
Proof. by apply: eq_bigr => i _; rewrite expr2. Qed.
Lemma sqnorm_eq0 x : sqnorm x = 0 -> x = 0.
Proof.
move=> /eqP; rewrite psumr_eq0 => [/allP H|i _]; last exact: sqr_ge0.
apply/matrixP => i j; rewrite ord1 mxE.
by have := H i (mem_index_enum _); rewrite /= expf_eq0 => /eqP.
Qed.

(** What a contraction fixes is orthogonal to what it sends to 0. *)
Lemma contraction_orthogonal M r k : contraction M -> M *m r = r -> M *m k = 0 -> inner r k = 0.
Proof.
move=> cM Mr Mk; set a := inner r k; set d := sqnorm k.
have H t : 0 <= 2%:R * t * a + t ^+ 2 * d.
  have := cM (r + t *: k); rewrite mulmxDr Mr -scalemxAr Mk scaler0 addr0 sqnorm_addZ.
  by rewrite -addrA ler_addl.
have d0 : 0 <= d by apply: sqnorm_ge0.
have d1 : 0 < 1 + d by rewrite (lt_le_trans ltr01) // ler_addl.
have := H (- a / (1 + d)).
have -> : 2%:R * (- a / (1 + d)) * a + (- a / (1 + d)) ^+ 2 * d
        = - (a ^+ 2 * ((2%:R + d) / (1 + d) ^+ 2)) by field; rewrite gt_eqF.
rewrite oppr_ge0 pmulr_lle0; first by rewrite real_exprn_even_le0 ?num_real //= => /eqP.
by rewrite divr_gt0 ?exprn_gt0 // (lt_le_trans (ltr0n _ 2)) // ler_addl.
Qed.

(** A vector that an idempotent contraction does not shorten is fixed by it. *)
Lemma contraction_fixes M r : contraction M -> M *m (M *m r) = M *m r ->
  sqnorm r <= sqnorm (M *m r) -> M *m r = r.
Proof.
move=> cM idem le; set k := r - M *m r; have Mk : M *m k = 0 by rewrite mulmxBr idem subrr.
have o := contraction_orthogonal cM idem Mk.
have E : r = M *m r + 1 *: k by rewrite scale1r addrC subrK.
have : sqnorm k <= 0.
  move: le; rewrite {1}E sqnorm_addZ o mulr0 addr0 expr1n mul1r -subr_ge0 opprD addrA subrr sub0r.
  by rewrite oppr_ge0.
move=> k0; have /eqP : sqnorm k == 0 by rewrite eq_le k0 sqnorm_ge0.
by move/sqnorm_eq0 => z; rewrite [RHS]E z scaler0 addr0.
Qed.
End Contractions.

(** ** Words as maps of the reachable states *)
Section Layer.
Variables (R : realFieldType) (I O : Type) (L : linear_layer R I O) (X : seq 'M[R]_(rows L, cols L)).
Hypothesis contract : forall a, contraction (transition L a).
Hypothesis finite : forall w, run L w (start L) \in X.

Definition reachable h := exists w, h = run L w (start L).
(** The word [w] is idempotent as a map of the reachable states. *)
Definition idempotent w := forall h, reachable h -> run L (w ++ w) h = run L w h.

Lemma reachable_run w h : reachable h -> reachable (run L w h).
Proof. by move=> [u ->]; exists (u ++ w); rewrite run_cat. Qed.
Lemma word_contraction w : contraction (word_matrix L w).
Proof.
elim/last_ind: w => [|w a IH]; first exact: contraction1.
by rewrite word_matrix_rcons; apply: contraction_mul.
Qed.

Lemma idempotent_power w : exists2 N, (0 < N)%N & idempotent (wpow w N).
Proof.
pose S := seq_sub_finType X.
pose f (s : S) : S := insubd s (run L w (val s)).
pose good (s : S) := reachable (val s).
have fE s : good s -> val (f s) = run L w (val s).
  move=> /(reachable_run w) [u E]; rewrite /f val_insubd ifT //.
  by rewrite E; apply: finite.
have fgood s : good s -> good (f s) by move=> gs; rewrite /good fE //; apply: reachable_run.
have iterE k s : good s -> val (iter k f s) = run L (wpow w k) (val s) /\ good (iter k f s).
  move=> gs; elim: k => [|k [IH g]] //; rewrite iterS; split; last exact: fgood.
  by rewrite fE // IH wpowSr run_cat.
have [c c0 Hc] := fin_all_exists2 (iter_cycle f).
pose P := (\prod_(s : S) c s)%N; pose N := (P * #|S|.+1)%N.
have P0 : (0 < P)%N by rewrite prodn_gt0.
exists N => [|h [u Eh]]; first by rewrite muln_gt0 P0.
have hX : h \in X by rewrite Eh; apply: finite.
pose s : S := SeqSub hX; have gs : good s by exists u.
have Hm m k : (#|S| <= k)%N -> iter (k + m * c s) f s = iter k f s.
  move=> Sk; elim: m => [|m IH]; first by rewrite addn0.
  by rewrite mulSn addnCA addnC Hc // (leq_trans Sk) ?leq_addr.
have SN : (#|S| <= N)%N by rewrite (leq_trans (leqnSn _)) // leq_pmull.
have [m Em] : exists m, (N = m * c s)%N.
  by exists ((\prod_(t : S | t != s) c t) * #|S|.+1)%N; rewrite /N /P (bigD1 s) //= -mulnA mulnC.
have := (iterE (N + N)%N s gs).1; rewrite {2}Em Hm // (iterE N s gs).1 /= => E.
by rewrite -wpowD -E.
Qed.

(** Differences of reachable states, column by column. *)
Definition difference (z : 'cV[R]_(rows L)) := exists g h j, [/\ reachable g, reachable h & z = col j (g - h)].

Lemma col_run w g h j : col j (run L w g - run L w h) = word_matrix L w *m col j (g - h).
Proof. by rewrite run_sub !colE mulmxA. Qed.
Lemma difference_word w z : difference z -> difference (word_matrix L w *m z).
Proof.
move=> [g [h [j [rg rh ->]]]]; exists (run L w g), (run L w h), j.
by rewrite -col_run; split=> //; apply: reachable_run.
Qed.
Lemma difference_idempotent w z : idempotent w -> difference z ->
  word_matrix L w *m (word_matrix L w *m z) = word_matrix L w *m z.
Proof.
move=> iw [g [h [j [rg rh ->]]]]; rewrite mulmxA -word_matrix_cat -!col_run.
by rewrite iw // iw.
Qed.

(** A vector that a power of [e f] does not shorten is fixed by [e] and by [f], if these are idempotent on it. *)
Lemma product_fixes e f N (z : 'cV_(rows L)) : word_matrix L e *m (word_matrix L e *m z) = word_matrix L e *m z ->
  word_matrix L f *m (word_matrix L f *m z) = word_matrix L f *m z -> (0 < N)%N ->
  word_matrix L (wpow (e ++ f) N) *m z = z -> word_matrix L e *m z = z /\ word_matrix L f *m z = z.
Proof.
move=> ie if_ N0; case: N N0 => // N _; rewrite wpowS -catA !word_matrix_cat -!mulmxA => E.
have c1 : sqnorm z <= sqnorm (word_matrix L f *m (word_matrix L e *m z)).
  by rewrite -{1}E; apply: word_contraction.
have Ee : word_matrix L e *m z = z.
  apply: contraction_fixes => //; first exact: word_contraction.
  by apply: le_trans c1 _; apply: word_contraction.
split=> //; rewrite Ee in c1.
by apply: contraction_fixes => //; exact: word_contraction.
Qed.

(** [alpha] = a power of [e f], [beta] = a power of [f e]: first [alpha], then [beta], is [beta]. *)
Lemma idempotents_undo e f N N' : idempotent e -> idempotent f -> (0 < N)%N -> (0 < N')%N ->
  let alpha := wpow (e ++ f) N in let beta := wpow (f ++ e) N' in
  idempotent alpha -> idempotent beta ->
  forall h, reachable h -> run L (alpha ++ beta) h = run L beta h.
Proof.
move=> ie if_ N0 N0' alpha beta ia ib h rh; rewrite run_cat; set g := run L alpha h.
have rg : reachable g by apply: reachable_run.
apply/subr0_eq/matrixP => i j; rewrite [RHS]mxE; rewrite run_sub.
suff Z : word_matrix L beta *m col j (g - h) = 0.
  by have /matrixP/(_ i 0) := Z; rewrite colE mulmxA -colE mxE [RHS]mxE.
set z := col j (g - h); have dz : difference z by exists g, h, j.
have Az : word_matrix L alpha *m z = 0.
  by rewrite -col_run /g -run_cat ia // subrr; apply/matrixP => k l; rewrite !mxE.
set r := word_matrix L beta *m z; have dr : difference r by apply: difference_word.
have Br : word_matrix L beta *m r = r by apply: difference_idempotent.
have [Fr Er] := product_fixes (difference_idempotent if_ dr) (difference_idempotent ie dr) N0' Br.
have Ar : word_matrix L alpha *m r = r.
  have Efr : word_matrix L (e ++ f) *m r = r by rewrite word_matrix_cat -mulmxA Er.
  by rewrite /alpha word_matrix_wpow; elim: (N) => //= k ->.
have o1 : inner r z = 0 by exact: (contraction_orthogonal (word_contraction alpha) Ar Az).
have o2 : inner r (z - r) = 0.
  by apply: (contraction_orthogonal (word_contraction beta) Br); rewrite mulmxBr -/r Br subrr.
by apply: sqnorm_eq0; rewrite -inner_sqnorm -[LHS]opprK -[- inner r r]add0r -o1 -inner_subr o2 oppr0.
Qed.

End Layer.

Theorem nonexpansive_layer (R : realFieldType) (I : Type) (L : linear_layer R I bool) (X : seq 'M[R]_(rows L, cols L))
    (Lang : seq I -> bool) :
  (forall a, contraction (transition L a)) -> (forall w, run L w (start L) \in X) ->
  (forall w x, exact L w x = Lang (rcons w x)) ->
  forall a x b y, let X := rcons x a in let Y := rcons y b in
  congruent Lang (X ++ X) X -> congruent Lang (Y ++ Y) Y ->
  congruent Lang (X ++ Y) X -> congruent Lang (Y ++ X) Y -> congruent Lang X Y.
Proof.
move=> contract finite HL a x b y Wx Wy xx yy xy yx.
have tr u v w : congruent Lang u v -> congruent Lang v w -> congruent Lang u w.
  by move=> uv vw p q; rewrite uv vw.
have pow w k : congruent Lang (w ++ w) w -> (0 < k)%N -> congruent Lang (wpow w k) w.
  move=> ww; case: k => // k _; elim: k => [|k IH]; first by rewrite wpow1.
  by rewrite wpowS; exact: (tr _ _ _ (congruent_catl _ IH) ww).
have [n n0 ie] := idempotent_power finite Wx; have [m m0 if_] := idempotent_power finite Wy.
set e := wpow Wx n in ie; set f := wpow Wy m in if_.
have Ee : congruent Lang e Wx by apply: pow. have Ef : congruent Lang f Wy by apply: pow.
have Eef : congruent Lang (e ++ f) Wx.
  exact: (tr _ _ _ (congruent_catr _ Ee) (tr _ _ _ (congruent_catl _ Ef) xy)).
have Efe : congruent Lang (f ++ e) Wy.
  exact: (tr _ _ _ (congruent_catr _ Ef) (tr _ _ _ (congruent_catl _ Ee) yx)).
have [N N0 ia] := idempotent_power finite (e ++ f); have [N' N0' ib] := idempotent_power finite (f ++ e).
set alpha := wpow (e ++ f) N in ia; set beta := wpow (f ++ e) N' in ib.
have idem u v : congruent Lang u v -> congruent Lang (v ++ v) v -> congruent Lang (u ++ u) u.
  move=> uv vv; have vu : congruent Lang v u by move=> p q; rewrite uv.
  exact: (tr _ _ _ (congruent_catr _ uv) (tr _ _ _ (congruent_catl _ uv) (tr _ _ _ vv vu))).
have Ea : congruent Lang alpha Wx by exact: (tr _ _ _ (pow _ _ (idem _ _ Eef xx) N0) Eef).
have Eb : congruent Lang beta Wy by exact: (tr _ _ _ (pow _ _ (idem _ _ Efe yy) N0') Efe).
(* the states after alpha beta and after beta agree, and so does the last letter *)
have H u v : Lang (u ++ (alpha ++ beta) ++ v) = Lang (u ++ beta ++ v).
  have lastE w : exists w0 c, beta ++ w = rcons w0 c.
    case/lastP: w => [|w c]; last by exists (beta ++ w), c; rewrite rcons_cat.
    rewrite cats0 /beta; case: (N') N0' => // k _; rewrite wpowSr.
    rewrite /e; case: (n) n0 => // l _; rewrite wpowSr /Wx -!cats1 !catA.
    by eexists; exists a; rewrite cats1.
  have [w0 [c E]] := lastE v.
  have E1 : u ++ (alpha ++ beta) ++ v = rcons (u ++ alpha ++ w0) c by rewrite -catA E !rcons_cat.
  have E2 : u ++ beta ++ v = rcons (u ++ w0) c by rewrite E rcons_cat.
  rewrite E1 E2 -!HL /exact -E1 -E2; congr (decode L _ c).
  have ru : reachable (run L u (start L)) by exists u.
  have := idempotents_undo contract ie if_ N0 N0' ia ib ru; rewrite -/alpha -/beta => same.
  by rewrite run_cat [run L ((alpha ++ beta) ++ v) _]run_cat same -!run_cat ?catA.
(* x = x y = alpha beta = beta = y *)
move=> u v; rewrite -xy -(congruent_catr _ Ea) -(congruent_catl _ Eb) H.
exact: Eb.
Qed.
