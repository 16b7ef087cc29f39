(** * Exact arithmetic with bounded states and a margin

    The semantics [exact] of the tool: no rounding; in every layer the states that are
    reachable, on the words that the layers below produce, are bounded, and those that the decoder
    tells apart for one letter keep a positive distance ([tame]). There may be infinitely
    many states.

    Call a matrix [P] _attracting_ if [|P z - z|^2 <= kappa (|z|^2 - |P z|^2)] for all [z],
    with some constant [kappa]. These are closed under products ([attracting_mul]) and contain
    - generalised Householder factors [I - b v v^T] with [0 <= b] and [b |v|^2 < 2], that is, the
      eigenvalue [1 - beta] in (-1, 1] ([householder_attracting]);
    - multiples of the identity by gates in [0, 1] ([gate_attracting]);
    - diagonal matrices with entries in [0, 1] ([diagonal_attracting]).

    Theorems, for every depth and any number of factors in a letter:
    - [attracting_star_free] (the tool's [householder-star-free], and the upper bound on diagonal
      entries in [0, 1]): such networks recognise only noncounting (star-free) languages;
    - [diagonal_signed_two_groups]: diagonal entries in [-1, 1]: only languages all of
      whose groups are 2-groups.

    Proof, over any archimedean ordered field, without limits or spectra: let [h_k] be the states after
    [u w^k] and [z_k] their differences, [z_(k+1) = P z_k]. The sequence [|z_k|^2] does
    not increase, so its decreases tend to 0, so [z_(k+j) - z_k] tends to 0 for each [j]. But
    [h_(k+N) - h_k] is the sum of [N] of these and is bounded: [N |z_k|] is at most
    a constant plus what tends to 0. Hence [z_k] tends to 0 ([attracting_settles]), and by the margin the
    decoder's answer no longer changes. *)
From mathcomp Require Import all_ssreflect all_fingroup all_solvable all_algebra ring.
From Eigenmata Require Import Words Networks Settling EventualSigns LinearLayers MonotoneRounding.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Squared norms *)
Section Norm.
Variables (R : realFieldType) (n : nat).
Implicit Types (x y z v : 'cV[R]_n).

Definition sqnorm x : R := \sum_i x i 0 ^+ 2.
Definition inner x y : R := \sum_i x i 0 * y i 0.

Lemma sqnorm_ge0 x : 0 <= sqnorm x.
Proof. by apply: sumr_ge0 => i _; apply: sqr_ge0. Qed.

Lemma entry_le_sqnorm x i : x i 0 ^+ 2 <= sqnorm x.
Proof. by rewrite /sqnorm (bigD1 i) //= ler_addl; apply: sumr_ge0 => j _; apply: sqr_ge0. Qed.

Lemma sqnorm_add x y : sqnorm (x + y) <= 2%:R * (sqnorm x + sqnorm y).
Proof.
rewrite /sqnorm -big_split mulr_sumr; apply: ler_sum => i _; rewrite mxE -subr_ge0.
have -> : 2%:R * (x i 0 ^+ 2 + y i 0 ^+ 2) - (x i 0 + y i 0) ^+ 2 = (x i 0 - y i 0) ^+ 2 by ring.
exact: sqr_ge0.
Qed.

Lemma sqnormZ a x : sqnorm (a *: x) = a ^+ 2 * sqnorm x.
Proof. by rewrite /sqnorm mulr_sumr; apply: eq_bigr => i _; rewrite mxE exprMn. Qed.

Lemma sqnorm_subZ a x v : sqnorm (x - a *: v) = sqnorm x - 2%:R * a * inner v x + a ^+ 2 * sqnorm v.
Proof.
rewrite /sqnorm /inner !mulr_sumr -sumrN -!big_split /=; apply: eq_bigr => i _.
rewrite !mxE; set p := v i 0; set q := x i 0; ring.
Qed.
End Norm.

(** ** Attracting matrices *)
Section Attracting.
Variable R : realFieldType.

Definition attracting n (P : 'M[R]_n) := exists2 kappa, 0 < kappa &
  forall z, sqnorm (P *m z - z) <= kappa * (sqnorm z - sqnorm (P *m z)).

Lemma attracting_shrinks n (P : 'M[R]_n) z : attracting P -> sqnorm (P *m z) <= sqnorm z.
Proof.
move=> [kappa k0 /(_ z)] /(le_trans (sqnorm_ge0 _)).
by rewrite pmulr_rge0 // subr_ge0.
Qed.

Lemma attracting1 n : attracting (1%:M : 'M[R]_n).
Proof.
exists 1 => // z; rewrite mul1mx !subrr mulr0 /sqnorm big1 // => i _.
by rewrite mxE expr0n.
Qed.

Lemma attracting_mul n (P Q : 'M[R]_n) : attracting P -> attracting Q -> attracting (P *m Q).
Proof.
move=> aP aQ; have sP := attracting_shrinks _ aP; have sQ := attracting_shrinks _ aQ.
case: aP aQ => p p0 HP [q q0 HQ]; exists (2%:R * (p + q)); first by rewrite mulr_gt0 ?addr_gt0 // ltr0n.
move=> z; rewrite -mulmxA; set y := Q *m z.
have -> : P *m y - z = (P *m y - y) + (y - z) by rewrite addrA subrK.
apply: le_trans (sqnorm_add _ _) _; rewrite -mulrA ler_pmul2l ?ltr0n //.
apply: le_trans (ler_add (HP y) (HQ z)) _; rewrite -/y -subr_ge0.
set a := sqnorm (P *m y); set b := sqnorm y; set c := sqnorm z.
have -> : (p + q) * (c - a) - (p * (b - a) + q * (c - b)) = p * (c - b) + q * (b - a) by ring.
by apply: addr_ge0; apply: mulr_ge0; rewrite ?subr_ge0 ?(ltW p0) ?(ltW q0) //; [apply: sQ | apply: sP].
Qed.

Lemma householder_attracting n (b : R) (v : 'cV[R]_n) : 0 <= b -> b * sqnorm v < 2%:R ->
  attracting (1%:M - b *: (v *m v^T)).
Proof.
move=> b0; set t := b * _ => t2.
have t0 : 0 <= t by rewrite mulr_ge0 // sqnorm_ge0.
have t2' : 0 < 2%:R - t by rewrite subr_gt0.
exists ((1 + t) / (2%:R - t)) => [|z]; first by rewrite divr_gt0 // (lt_le_trans ltr01) // ler_addl.
have E : (1%:M - b *: (v *m v^T)) *m z = z - (b * inner v z) *: v.
  rewrite mulmxBl mul1mx -scalemxAl -scalerA -mulmxA; congr (_ - _ *: _).
  apply/matrixP => i j; rewrite !mxE big_ord1 ord1 mulrC; congr (_ * _).
  by rewrite mxE; apply: eq_bigr => k _; rewrite !mxE.
rewrite E sqnorm_subZ addrAC subrr sub0r -scaleNr sqnormZ; set s := inner v z.
have -> : (- (b * s)) ^+ 2 * sqnorm v = (b * s ^+ 2) * t by rewrite /t; ring.
have -> : sqnorm z - (sqnorm z - 2%:R * (b * s) * s + (b * s) ^+ 2 * sqnorm v)
        = (b * s ^+ 2) * (2%:R - t) by rewrite /t; ring.
rewrite [X in _ <= X]mulrCA mulrVK ?unitfE ?gt_eqF //.
have bs : 0 <= b * s ^+ 2 by apply: mulr_ge0 => //; apply: sqr_ge0.
by apply: ler_wpmul2l => //; rewrite ler_addr ler01.
Qed.

Lemma diagonal_attracting n (d : 'rV[R]_n) : (forall i, -1 < d 0 i <= 1) -> attracting (diag_mx d).
Proof.
move=> Hd; pose k i := (1 - d 0 i) / (1 + d 0 i).
have d1 i : 0 < 1 + d 0 i by case/andP: (Hd i) => h _; rewrite -ltr_subl_addl sub0r.
have d2 i : 0 <= 1 - d 0 i by case/andP: (Hd i) => _ h; rewrite subr_ge0.
have k0 i : 0 <= k i by rewrite divr_ge0 // ltW.
have S0 : 0 <= \sum_i k i by apply: sumr_ge0 => i _; apply: k0.
exists (1 + \sum_i k i) => [|z]; first by rewrite (lt_le_trans ltr01) // ler_addl.
have E i : (diag_mx d *m z) i 0 = d 0 i * z i 0 by rewrite mul_diag_mx mxE.
rewrite /sqnorm -sumrB mulr_sumr; apply: ler_sum => i _.
rewrite mxE E [(- z) i 0]mxE; set x := z i 0.
have -> : (d 0 i * x - x) ^+ 2 = k i * (x ^+ 2 - (d 0 i * x) ^+ 2).
  have -> : x ^+ 2 - (d 0 i * x) ^+ 2 = (1 + d 0 i) * ((1 - d 0 i) * x ^+ 2) by ring.
  by rewrite mulrA /k mulfVK ?gt_eqF //; ring.
apply: ler_wpmul2r.
  have -> : x ^+ 2 - (d 0 i * x) ^+ 2 = (1 + d 0 i) * ((1 - d 0 i) * x ^+ 2) by ring.
  by apply: mulr_ge0; [apply: ltW | apply: mulr_ge0 => //; apply: sqr_ge0].
by rewrite (bigD1 i) //= addrCA ler_addl; apply: addr_ge0; [exact: ler01 | apply: sumr_ge0].
Qed.

Lemma gate_attracting n (g : R) : 0 <= g <= 1 -> attracting (g%:M : 'M[R]_n).
Proof.
move=> /andP[g0 g1]; rewrite -diag_const_mx; apply: diagonal_attracting => i.
by rewrite mxE g1 (lt_le_trans _ g0) // ltrN10.
Qed.

(** One constant serves finitely many powers. *)
Lemma attracting_powers n (P : 'M[R]_n) N : attracting P -> exists2 kappa, 0 < kappa &
  forall j z, (j < N)%N ->
    sqnorm (iter j (mulmx P) z - z) <= kappa * (sqnorm z - sqnorm (iter j (mulmx P) z)).
Proof.
move=> aP.
have E j z : iter j (mulmx P) z = iter j (mulmx P) 1%:M *m z.
  by elim: j => [|j IH] /=; rewrite ?mul1mx // IH mulmxA.
have a j : attracting (iter j (mulmx P) 1%:M).
  by elim: j => [|j IH] /=; [apply: attracting1 | apply: attracting_mul].
elim: N => [|N [p p0 IH]]; first by exists 1.
have [q q0 Hq] := a N; exists (p + q) => [|j z]; first exact: addr_gt0.
rewrite ltnS leq_eqVlt => /orP[/eqP ->|jN].
  rewrite E; apply: le_trans (Hq z) _; apply: ler_wpmul2r; last by rewrite ler_addr ltW.
  by rewrite subr_ge0; apply: attracting_shrinks.
apply: le_trans (IH j z jN) _; apply: ler_wpmul2r; last by rewrite ler_addl ltW.
by rewrite subr_ge0 E; apply: attracting_shrinks.
Qed.
End Attracting.

(** ** Bounded sums of the powers of an attracting matrix *)
Section Vanish.
Variable R : archiFieldType.

(** A non-negative sequence that does not increase stops decreasing by more than [eta]. *)
Lemma nonincreasing_settles (d : nat -> R) eta : 0 < eta ->
  (forall k, 0 <= d k) -> (forall k, d k.+1 <= d k) ->
  classically (exists K, forall k, (K <= k)%N -> d K - d k <= eta).
Proof.
move=> e0 d0 dS.
suff H n K0 : d K0 <= n%:R * eta -> classically (exists K, forall k, (K <= k)%N -> d K - d k <= eta).
  apply: (H (Num.bound (d 0%N / eta)) 0%N); rewrite -ler_pdivr_mulr // ltW //.
  by apply: archi_boundP; rewrite divr_ge0 // ltW.
elim: n K0 => [|n IH] K0 Hd.
  move=> b Hb; apply: Hb; exists K0 => k _; rewrite mul0r in Hd.
  by rewrite ler_subl_addl (le_trans Hd) // addr_ge0 // ltW.
move=> b Hb; apply: (@classic_EM (exists2 k, (K0 <= k)%N & eta < d K0 - d k)) => -[[k Kk lt]|no].
  apply: (IH k) Hb; rewrite -(ler_add2r eta).
  have -> : n%:R * eta + eta = n.+1%:R * eta by rewrite mulrSr mulrDl mul1r.
  by apply: le_trans Hd; rewrite addrC -ler_subr_addr ltW.
apply: Hb; exists K0 => k Kk; rewrite leNgt; apply/negP => lt.
by apply: no; exists k.
Qed.

Lemma attracting_vanish n (P : 'M[R]_n) (z0 : 'cV[R]_n) M eps : attracting P ->
  (forall k i, `|\sum_(j < k) iter j (mulmx P) z0 i 0| <= M) -> 0 < eps ->
  classically (exists K, forall k i, (K <= k)%N -> `|iter k (mulmx P) z0 i 0| < eps).
Proof.
move=> aP HM eps0; pose z k := iter k (mulmx P) z0; pose e := eps / 2%:R.
have e0 : 0 < e by rewrite divr_gt0 // ltr0n.
have M0 : 0 <= M \/ n = 0%N.
  by case: n P z0 aP HM {z} => [|n] P z0 aP HM; [right | left; apply: le_trans (HM 0%N ord0)].
case: M0 => [M0|n0]; last first.
  by move=> b Hb; apply: Hb; exists 0%N => k i; exfalso; move: i; rewrite n0 => -[].
pose N := Num.bound ((M + M) / e).
have HN : M + M < N%:R * e.
  by rewrite -ltr_pdivr_mulr // archi_boundP // divr_ge0 ?addr_ge0 // ltW.
have [kappa k0 Hk] := attracting_powers N aP.
have eta0 : 0 < e ^+ 2 / kappa by rewrite divr_gt0 // exprn_gt0.
have dS k : sqnorm (z k.+1) <= sqnorm (z k) by apply: attracting_shrinks.
apply: (classic_imp _ (nonincreasing_settles eta0 (fun k => sqnorm_ge0 (z k)) dS)) => -[K HK].
exists K => k i Kk; rewrite -/(z k).
have dmono j : sqnorm (z (j + K)%N) <= sqnorm (z K).
  by elim: j => // j IH; apply: le_trans (dS _) IH.
have close j : (j < N)%N -> `|z (j + k)%N i 0 - z k i 0| <= e.
  move=> jN; rewrite -ler_sqr ?nnegrE ?normr_ge0 ?(ltW e0) // real_normK ?num_real //.
  have -> : z (j + k)%N i 0 - z k i 0 = (z (j + k)%N - z k) i 0 by rewrite !mxE.
  apply: le_trans (entry_le_sqnorm _ _) _; rewrite /z iterD -/(z k).
  apply: le_trans (Hk j (z k) jN) _; rewrite -ler_pdivl_mull // [kappa^-1 * _]mulrC.
  have := HK (j + k)%N (leq_trans Kk (leq_addl _ _)); rewrite {2}/z iterD -/(z k) => hK; apply: le_trans hK.
  by apply: ler_add => //; rewrite -[k](subnK Kk); apply: dmono.
have SN : `|\sum_(j < N) z (j + k)%N i 0| <= M + M.
  have -> : \sum_(j < N) z (j + k)%N i 0 = \sum_(j < k + N) z j i 0 - \sum_(j < k) z j i 0.
    rewrite big_split_ord /= addrAC subrr add0r; apply: eq_bigr => j _.
    by rewrite addnC.
  by apply: le_trans (ler_norm_sub _ _) _; apply: ler_add; apply: HM.
have ND : `|\sum_(j < N) (z k i 0 - z (j + k)%N i 0)| <= N%:R * e.
  apply: le_trans (ler_norm_sum _ _ _) _.
  have -> : N%:R * e = \sum_(j < N) e by rewrite sumr_const card_ord mulr_natl.
  by apply: ler_sum => j _; rewrite distrC; apply: close.
have NE : N%:R * `|z k i 0| = `|\sum_(j < N) (z k i 0 - z (j + k)%N i 0) + \sum_(j < N) z (j + k)%N i 0|.
  rewrite -big_split /= (eq_bigr (fun=> z k i 0)) => [|j _]; last by rewrite subrK.
  by rewrite sumr_const card_ord -[in RHS]mulr_natl normrM normr_nat.
have N0 : 0 < N%:R :> R.
  by rewrite -(pmulr_lgt0 _ e0) (le_lt_trans _ HN) // addr_ge0.
rewrite -(ltr_pmul2l N0) NE; apply: le_lt_trans (ler_norm_add _ _) _.
apply: le_lt_trans (ler_add ND SN) _.
have -> : N%:R * eps = N%:R * e + N%:R * e by rewrite -mulrDr /e -splitr.
by rewrite ltr_add2l.
Qed.
End Vanish.

(** ** Layers in exact arithmetic *)
Section Layer.
Variables (R : archiFieldType) (I O : Type) (D : seq I -> Prop) (L : linear_layer R I O).

Definition bounded := exists M, forall w, D w -> forall i j, `|run L w (start L) i j| <= M.
Definition margin := exists2 delta, 0 < delta & forall w w' x, D (rcons w x) -> D (rcons w' x) ->
  (forall i j, `|run L (rcons w x) (start L) i j - run L (rcons w' x) (start L) i j| < delta) ->
  exact L w x = exact L w' x.

Lemma exact_settles q p : prefix_closed D -> bounded -> margin ->
  (forall w, size w = p -> attracting (word_matrix L (wpow w q))) -> settles D q p (exact L).
Proof.
move=> pD [M HM] [delta d0 Hdec] HA u w v x sw HD.
pose W := wpow w q; pose P := word_matrix L W; pose h k := run L (u ++ wpow W k) (start L).
have DW k : D (rcons (u ++ wpow W k ++ v) x) by rewrite wpowM; apply: HD.
have Hh k i j : `|h k i j| <= M.
  by apply: HM; apply: (pD _ (rcons v x)); rewrite -catA; have := DW k; rewrite !rcons_cat.
pose z k := h k.+1 - h k.
have zS k : z k = iter k (mulmx P) (z 0%N).
  have hS l : h l.+1 = run L W (h l) by rewrite /h wpowSr catA run_cat.
  by elim: k => // k IH; rewrite iterS -IH /z (hS k.+1) {2}(hS k) run_sub.
pose Q := word_matrix L (rcons v x); pose S := \sum_i \sum_l `|Q i l|.
have S0 : 0 <= S by apply: sumr_ge0 => i _; apply: sumr_ge0.
pose eps := delta / (1 + S); have S1 : 0 < 1 + S by rewrite (lt_le_trans ltr01) // ler_addl.
have eps0 : 0 < eps by rewrite divr_gt0.
have V j : classically (exists K, forall i k, (K <= k)%N -> `|z k i j| < eps).
  have cz k : iter k (mulmx P) (col j (z 0%N)) = col j (z k).
    by rewrite [z k]zS; elim: k => // k IH; rewrite !iterS IH !colE mulmxA.
  have aP : attracting P by apply: HA.
  apply: (classic_imp _ (attracting_vanish (z0 := col j (z 0%N)) (M := M + M) aP _ eps0)).
    by move=> [K HK]; exists K => i k Kk; have := HK k i Kk; rewrite cz mxE.
  move=> k i; have -> : \sum_(l < k) iter l (mulmx P) (col j (z 0%N)) i 0 = h k i j - h 0%N i j.
    elim: k => [|k IH]; first by rewrite big_ord0 subrr.
    by rewrite big_ord_recr /= IH cz !mxE addrC addrA subrK.
  by apply: le_trans (ler_norm_sub _ _) _; apply: ler_add.
move=> b Hb; apply: (classic_fin V) => {}V; apply: Hb.
have [K HK] := fin_all_exists V; exists (\max_j K j)%N => k /subnK <-; elim: (k - _)%N => // n <-.
set k0 := (n + _)%N; rewrite addSn -/k0 -!wpowM -/W; symmetry; apply: Hdec; try exact: DW.
have hv l : run L (rcons (u ++ wpow W l ++ v) x) (start L) = run L (rcons v x) (h l).
  by rewrite !rcons_cat /h -run_cat -catA.
move=> i j; rewrite distrC !hv.
have -> : run L (rcons v x) (h k0.+1) i j - run L (rcons v x) (h k0) i j = (Q *m z k0) i j.
  by rewrite -run_sub mxE [in X in _ = X]mxE.
rewrite mxE; apply: le_lt_trans (ler_norm_sum _ _ _) _.
have Kk : (K j <= k0)%N by apply: leq_trans (leq_bigmax j) (leq_addl _ _).
apply: (@le_lt_trans _ _ (S * eps)); last first.
  by rewrite /eps mulrCA -[X in _ < X]mulr1 ltr_pmul2l // ltr_pdivr_mulr // mul1r ltr_addr ltr01.
rewrite /S mulr_suml [X in _ <= X](bigD1 i) //= mulr_suml.
apply: (@le_trans _ _ (\sum_l `|Q i l| * eps)).
  by apply: ler_sum => l _; rewrite normrM ler_wpmul2l // ltW // HK.
by rewrite ler_addl; apply: sumr_ge0 => i' _; rewrite mulr_ge0 ?sumr_ge0 // ltW.
Qed.
End Layer.

(** ** Networks *)
Section Theorems.
Variable R : archiFieldType.

(** Every layer is of the class [C], in exact arithmetic, bounded and with a margin on
    the words that the layers below produce. *)
Fixpoint exact_network (C : forall I O, linear_layer R I O -> Prop)
    I O (D : seq I -> Prop) (N : network I O) : Prop :=
  match N in network I O return (seq I -> Prop) -> Prop with
  | Decode _ _ _ => fun D => True
  | Stack J M _ f N' => fun D =>
      (exists L : linear_layer R J M, [/\ C J M L, f =2 exact L, bounded D L & margin D L])
      /\ exact_network C (image f D) N'
  end D.

Lemma exact_network_settles (C : forall I O, linear_layer R I O -> Prop) q :
  (forall I O (L : linear_layer R I O), C I O L -> forall w, attracting (word_matrix L (wpow w q))) ->
  forall I O (N : network I O) D p, prefix_closed D -> exact_network C D N -> layers_settle D q p N.
Proof.
move=> HC I O N; elim: N => [//|I' M O' f N IH] D p pD /= [[L [CL E bL mL]] HN]; split.
  by apply: (eq_settles E); apply: exact_settles => // w _; apply: HC.
by apply: IH => //; apply: image_prefix_closed.
Qed.

(** All letters attract. *)
Definition attracting_letters I O (L : linear_layer R I O) :=
  forall a, attracting (transition L a).

Theorem attracting_star_free I (N : network I bool) (A : dfa I) :
  exact_network attracting_letters (@all_words I) N -> recognises N (daccepts A) ->
  noncounting (daccepts A) #|dstate A|.+1.
Proof.
move=> HN HA; rewrite /noncounting -[X in periodic _ _ X](exp1n (depth N)).
apply: network_periodic HA => p; apply: exact_network_settles HN => // I' O' L HL w.
rewrite wpow1; elim/last_ind: w => [|w a IH]; first exact: attracting1.
by rewrite word_matrix_rcons; apply: attracting_mul.
Qed.

(** Generalised Householder products: each letter is a product of factors [I - b v v^T]
    with [0 <= b] and [b |v|^2 < 2], that is [I - beta v v^T / |v|^2] with
    [1 - beta] in (-1, 1]. *)
Definition householder_letters I O (L : linear_layer R I O) := forall a,
  exists s : seq (R * 'cV[R]_(rows L)),
    (forall p, List.In p s -> 0 <= p.1 /\ p.1 * sqnorm p.2 < 2%:R) /\
    transition L a = foldr (fun p P => (1%:M - p.1 *: (p.2 *m p.2^T)) *m P) 1%:M s.

Corollary householder_star_free I (N : network I bool) (A : dfa I) :
  exact_network householder_letters (@all_words I) N -> recognises N (daccepts A) ->
  noncounting (daccepts A) #|dstate A|.+1.
Proof.
move=> HN; apply: attracting_star_free.
elim: N (@all_words _) HN => [//|I' M O' f N IH] D /= [[L [CL E bL mL]] HN]; split; last exact: IH.
exists L; split=> // a; have [s [Hs ->]] := CL a.
elim: s Hs => [_|[b v] s IHs /= Hs]; first exact: attracting1.
apply: attracting_mul; last by apply: IHs => p ps; apply: Hs; right.
by case: (Hs (b, v) (or_introl erefl)) => /= b0 b2; apply: householder_attracting.
Qed.

(** Diagonal letters with entries in (-1, 1], in particular in [0, 1]. *)
Definition diagonal_letters (S : pred R) I O (L : linear_layer R I O) := forall a,
  exists2 d : 'rV[R]_(rows L), (forall i, S (d 0 i)) & transition L a = diag_mx d.

Corollary diagonal_star_free I (N : network I bool) (A : dfa I) :
  exact_network (diagonal_letters (fun x => 0 <= x <= 1)) (@all_words I) N ->
  recognises N (daccepts A) -> noncounting (daccepts A) #|dstate A|.+1.
Proof.
move=> HN; apply: attracting_star_free.
elim: N (@all_words _) HN => [//|I' M O' f N IH] D /= [[L [CL E bL mL]] HN]; split; last exact: IH.
exists L; split=> // a; have [d Hd ->] := CL a; apply: diagonal_attracting => i.
by case/andP: (Hd i) => d0 ->; rewrite (lt_le_trans _ d0) // ltrN10.
Qed.

Lemma diagonal_word I O (L : linear_layer R I O) w :
  diagonal_letters (fun x => -1 <= x <= 1) L ->
  exists2 d : 'rV[R]_(rows L), (forall i, -1 <= d 0 i <= 1) & word_matrix L w = diag_mx d.
Proof.
move=> HL; elim/last_ind: w => [|w a [d Hd E]].
  exists (const_mx 1); last by rewrite diag_const_mx.
  by move=> i; rewrite mxE lexx (le_trans (lerN10 R) ler01).
have [c Hc Ec] := HL a; exists (\row_i (c 0 i * d 0 i)).
  move=> i; rewrite mxE -ler_norml normrM mulr_ile1 ?normr_ge0 //.
    by rewrite ler_norml; apply: Hc.
  by rewrite ler_norml; apply: Hd.
by rewrite word_matrix_rcons E Ec mulmx_diag.
Qed.

Theorem diagonal_signed_two_groups I (N : network I bool) (A : dfa I) :
  exact_network (diagonal_letters (fun x => -1 <= x <= 1)) (@all_words I) N ->
  recognises N (daccepts A) ->
  periodic (daccepts A) #|dstate A|.+1 (2 ^ depth N) /\
  forall (gT : finGroupType) (G : {group gT}),
    group_in_syntactic_monoid (daccepts A) G -> (2.-group G)%g.
Proof.
move=> HN HA; have H : periodic (daccepts A) #|dstate A|.+1 (2 ^ depth N).
  apply: network_periodic HA => p; apply: exact_network_settles HN => // I' O' L HL w.
  have [d Hd E] := diagonal_word w HL.
  rewrite wpowS wpow1 word_matrix_cat E mulmx_diag; apply: diagonal_attracting => i.
  rewrite mxE -expr2 (lt_le_trans (ltrN10 R)) ?sqr_ge0 //=.
  by rewrite -real_normK ?num_real // exprn_ile1 ?normr_ge0 // ler_norml; apply: Hd.
by split=> // gT G; apply: two_periodic_group H.
Qed.
End Theorems.
