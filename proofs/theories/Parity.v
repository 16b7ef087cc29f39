(** * Parity and counting need eigenvalues: Theorems 1 and 2 of Grazzi et al.

    [Grazzi et al., "Unlocking state-tracking in linear RNNs through negative
    eigenvalues", 2025.] In finite precision, by which is meant the state evaluated exactly
    and then cast, or their convolution with every term cast ([finite_precision]),
    each layer with a cast of its own, any decoders, any number of layers:

    - Theorem 1 ([no_parity]): if all letters have real non-negative eigenvalues, the network
      does not count a repeated letter modulo 2;
    - Theorem 2 ([counting_needs_complex_eigenvalues]), in the sharp form: if in layer
      [i] = 0, 1, … all products of [2^i] letter matrices have real eigenvalues,
      the network counts modulo [m] only if [m] divides [2^depth]; in particular
      not if [m] is not a power of two ([counting_powers_of_two]).

    Both hold between any two fixed words, [u a^k v]: so also if the answer is read after an
    end of sequence. They speak of one repeated letter; that letters of non-negative
    spectra can have words with other spectra is shown in [LetterSpectra].

    Proof: after [u w^k v] the state is cast to a value that no longer changes
    ([EventualSigns]); for the convolution the terms of the repeated word settle one by one, so
    the sum grows linearly or stays. The layers above see an eventually
    periodic word again ([Settling]). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks Settling EventualSigns LinearLayers.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Layer.
Variables (R : realFieldType) (I O : Type) (L : linear_layer R I O).
Implicit Types u v w : seq I.

Definition finite_precision (f : causal I O) :=
  exists2 c, finite_cast c & (f =2 cast_state L c) \/ (f =2 cast_convolution L c).

Lemma cast_run_settles c w v H : finite_cast c -> nonneg_annihilated (word_matrix L w) ->
  classically (evconst (fun k => map_mx c (run L (wpow w k ++ v) H))).
Proof.
move=> Hc HA; apply: evconst_mx => i j b Hb.
pose D := run L w H - H.
have E k : run L (wpow w k.+1 ++ v) H - run L (wpow w k ++ v) H
         = word_matrix L v *m iter k (mulmx (word_matrix L w)) D.
  by rewrite wpowS -catA run_cat run_sub word_matrix_cat -mulmxA word_matrix_wpow.
apply: (power_evsign (C := word_matrix L v) (M := D) (i := i) (j := j) HA) => Hs.
apply: (sign_evconst (s := fun k => run L (wpow w k ++ v) H i j) Hc); last first.
  by move=> S; apply: Hb; apply: eq_evconst S => k; rewrite mxE.
by apply: evsign_eq Hs => k; rewrite -E !mxE.
Qed.

(** The terms of [u], when a power of [w] follows. *)
Lemma cast_terms_settle c u w v : finite_cast c -> nonneg_annihilated (word_matrix L w) ->
  classically (evconst (fun k => cast_terms L c u (wpow w k ++ v))).
Proof.
move=> Hc HA; elim: u => [|x u IH] /=; first by move=> b Hb; apply: Hb; exists 0%N.
pose s k := map_mx c (word_matrix L v *m iter k (mulmx (word_matrix L w)) (word_matrix L u *m input L x)).
have Hs : classically (evconst s).
  exact: cast_power_evconst.
apply: (classic_imp _ (classic_and Hs IH)) => -[[K1 H1] [K2 H2]].
exists (maxn K1 K2) => k; rewrite geq_max => /andP[k1 k2].
have E j : map_mx c (word_matrix L (u ++ wpow w j ++ v) *m input L x) = s j.
  by rewrite word_matrix_loop.
by rewrite !E (H1 _ k1) (H2 _ k2) -(H1 _ (leq_maxl K1 K2)) -(H2 _ (leq_maxr K1 K2)).
Qed.

Lemma cast_sum_settles c u w v : finite_cast c -> nonneg_annihilated (word_matrix L w) ->
  classically (evconst (fun k => map_mx c (cast_sum L c (u ++ wpow w k ++ v)))).
Proof.
move=> Hc HA.
have H1 := @cast_terms_settle c u w v Hc HA; have H2 := @cast_terms_settle c w w v Hc HA.
pose s k := map_mx c (word_matrix L v *m iter k (mulmx (word_matrix L w)) (word_matrix L u *m start L)).
have H3 : classically (evconst s).
  exact: cast_power_evconst.
move=> b Hb; apply: H1 => -[K1 H1]; apply: H2 => -[K2 H2]; apply: H3 => -[K3 H3].
pose K := maxn K1 (maxn K2 K3); pose tau := cast_terms L c w (wpow w K ++ v).
pose S k := cast_sum L c (u ++ wpow w k ++ v).
have ES k : (K <= k)%N -> S k.+1 - S k = tau.
  move=> Kk; move: (Kk); rewrite /K !geq_max => /and3P[k1 k2 k3].
  have E1 j : cast_terms L c (u ++ wpow w j ++ v) [::]
            = cast_terms L c u (wpow w j ++ v) + (cast_terms L c (wpow w j) v + cast_terms L c v [::]).
    by rewrite cast_terms_cat [X in _ + X]cast_terms_cat !cats0.
  have E2 : cast_terms L c (wpow w k.+1) v = tau + cast_terms L c (wpow w k) v.
    rewrite wpowS cast_terms_cat (H2 _ k2) /tau (H2 K) // /K.
    by rewrite !leq_max leqnn orbT.
  rewrite /S /cast_sum !word_matrix_loop -/(s k.+1) -/(s k) (H3 _ (leqW k3)) (H3 _ k3).
  rewrite !E1 (H1 _ (leqW k1)) (H1 _ k1) E2 -[tau + _ + _]addrA [_ + (tau + _)]addrCA.
  by rewrite -[tau + _ + _]addrA addrK.
move: b Hb; apply: evconst_mx => i j.
apply: (classic_imp _ (sign_evconst (s := fun k => S k i j) Hc _)).
  by apply: eq_evconst => k; rewrite mxE.
have E k : (K <= k)%N -> S k.+1 i j - S k i j = tau i j.
  by move=> Kk; rewrite -(ES k Kk) !mxE.
exists K; have [t0|/ltW t0] := leP 0 (tau i j); [left|right] => k Kk; by rewrite E.
Qed.

(** A layer settles if the words that are repeated have a non-negative spectrum. *)
Lemma finite_precision_settles f q p :
  finite_precision f ->
  (forall w, size w = p -> nonneg_annihilated (word_matrix L (wpow w q))) ->
  settles (@all_words I) q p f.
Proof.
move=> [c Hc Hf] HA u w v x sw _.
suff : classically (evconst (fun k => f (u ++ wpow (wpow w q) k ++ v) x)).
  by apply: classic_imp => -[K HK]; exists K => k Kk; have := HK k Kk; rewrite !wpowM.
pose w0 := wpow w q; have HW : nonneg_annihilated (word_matrix L w0) := HA w sw; case: Hf => Hf.
  apply: (classic_imp _ (@cast_run_settles c w0 (rcons v x) (run L u (start L)) Hc HW)) => -[K HK].
  exists K => k Kk; rewrite !Hf /cast_state !rcons_cat [run L (u ++ wpow w0 k ++ _) _]run_cat (HK k Kk).
  by rewrite -run_cat.
apply: (classic_imp _ (@cast_sum_settles c u w0 (rcons v x) Hc HW)) => -[K HK].
by exists K => k Kk; have := HK k Kk; rewrite !Hf /cast_convolution !rcons_cat => ->.
Qed.
End Layer.

Section Theorems.
Variable R : realFieldType.

(** All letters have real non-negative eigenvalues. *)
Definition nonneg_layer I O (f : causal I O) := exists2 L : linear_layer R I O,
  (forall a, nonneg_spectrum (transition L a)) & finite_precision L f.

Lemma nonneg_settles I O (N : network I O) : layers_in nonneg_layer N ->
  forall D, layers_settle D 1 1 N.
Proof.
elim: N => [//|I' M O' f N IH] /= [[L HL Hf] /IH HN] D; rewrite muln1; split=> //.
move=> u w v x sw _; apply: (finite_precision_settles Hf (q := 1) (p := 1)) => // w'.
case: w' => [|a []] // _; rewrite wpow1 word_matrix1.
exact: nonneg_spectrum_annihilated.
Qed.

Theorem no_parity I (N : network I bool) (a : I) u v x :
  layers_in nonneg_layer N -> ~ (forall k, net N (u ++ nseq k a ++ v) x = odd k).
Proof.
move=> HN H; suff : (2 %| 1 ^ depth N)%N by rewrite exp1n.
apply: (@network_unary I N 1 2 a (rcons u a) v x) => // [|k]; first exact: nonneg_settles.
by rewrite cat_rcons -[a :: _]/(nseq k.+1 a ++ v) H dvdn2 /= -dvdn2.
Qed.

(** Layer number [i] (from 0): all products of [2^i] letters have real eigenvalues. *)
Fixpoint real_products i I O (N : network I O) : Prop :=
  match N with
  | Decode _ _ _ => True
  | Stack J M _ f N' => (exists2 L : linear_layer R J M,
      (forall w, size w = (2 ^ i)%N -> real_spectrum (word_matrix L w)) & finite_precision L f)
      /\ real_products i.+1 N'
  end.

Lemma real_products_settle i I O (N : network I O) :
  real_products i N -> forall D, layers_settle D 2 (2 ^ i) N.
Proof.
elim: N i => [//|I' M O' f N IH] i /= [[L HL Hf] HN] D; split; last first.
  by rewrite -expnS; apply: IH.
move=> u w v x sw _; apply: (finite_precision_settles Hf (q := 2) (p := 2 ^ i)) => // w' sw'.
by rewrite wpowS wpow1 word_matrix_cat; apply: real_spectrum_square; apply: HL.
Qed.

Theorem counting_needs_complex_eigenvalues I (N : network I bool) (a : I) u v x m :
  real_products 0 N -> (0 < m)%N ->
  (forall k, net N (u ++ nseq k a ++ v) x = (m %| k)%N) -> (m %| 2 ^ depth N)%N.
Proof.
by move=> HN m0; apply: network_unary => //; apply: (real_products_settle HN).
Qed.

Corollary counting_powers_of_two I (N : network I bool) (a : I) u v x m :
  real_products 0 N -> (0 < m)%N -> (forall e, m <> 2 ^ e)%N ->
  ~ (forall k, net N (u ++ nseq k a ++ v) x = (m %| k)%N).
Proof.
move=> HN m0 Hm /(counting_needs_complex_eigenvalues HN m0).
by move/(dvdn_pfactor _ _ (isT : prime 2)) => [e _ E]; case: (Hm e).
Qed.
End Theorems.
