(** * Rounding at every step: diagonal layers

    Hardware rounds after every operation of the recurrence. In a diagonal layer each
    coordinate then runs [h <- round (round (a h) + b)] (or fused,
    [h <- round (a h + b)]): with [a >= 0] a monotone map of a finite chain, with
    [a <= 0] an antitone one, whatever the rounding, as long as it is monotone.
    Nothing else about floating point is used. The chain may have [-0 < +0] and
    infinities; NaN is [None] and absorbs.

    Proved here, for any depth, widths, decoders, and a rounding for each update:
    - [rounded_nonneg_star_free]: monotone updates recognise only noncounting
      (star-free) languages, the groups of which are trivial;
    - [rounded_signed_two_groups]: with antitone updates, too, membership of
      [u w^k v] has the period [2^depth], and all groups are 2-groups;
    - [rounded_nonpos_even]: if all updates are antitone, words [w] of even length do
      not count.
    - [affine_monotone], [affine_antitone]: the updates above are such maps.

    Proof: a monotone map of a finite chain, iterated, settles ([iterate_settles]);
    the square of an antitone one is monotone. The rest is [Settling]. *)
From mathcomp Require Import all_ssreflect all_fingroup all_solvable all_algebra.
From Eigenmata Require Import Words Networks Settling EventualSigns.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Order.TTheory GRing.Theory Num.Theory.

Section Maps.
Variables (disp : unit) (V : orderType disp).
Implicit Types f g : option V -> option V.

Definition absorbs f := f None = None.
Definition monotone f := forall x y x' y',
  (x <= y)%O -> f (Some x) = Some x' -> f (Some y) = Some y' -> (x' <= y')%O.
Definition antitone f := forall x y x' y',
  (x <= y)%O -> f (Some x) = Some x' -> f (Some y) = Some y' -> (y' <= x')%O.
Definition finite_range f := exists D : seq V, forall x y, f x = Some y -> y \in D.

Lemma monotone_comp f g : absorbs g -> monotone f -> monotone g -> monotone (g \o f).
Proof.
move=> a mf mg x y x' y' xy /=.
case Ex: (f (Some x)) => [x1|]; last by rewrite a.
case Ey: (f (Some y)) => [y1|]; last by rewrite a.
exact: mg (mf _ _ _ _ xy Ex Ey).
Qed.
Lemma antitone_comp f g : absorbs g -> antitone f -> antitone g -> monotone (g \o f).
Proof.
move=> a mf mg x y x' y' xy /=.
case Ex: (f (Some x)) => [x1|]; last by rewrite a.
case Ey: (f (Some y)) => [y1|]; last by rewrite a.
by move=> gx gy; apply: (mg _ _ _ _ (mf _ _ _ _ xy Ex Ey)).
Qed.
Lemma monotone_antitone_comp f g : absorbs g -> monotone f -> antitone g -> antitone (g \o f).
Proof.
move=> a mf mg x y x' y' xy /=.
case Ex: (f (Some x)) => [x1|]; last by rewrite a.
case Ey: (f (Some y)) => [y1|]; last by rewrite a.
exact: mg (mf _ _ _ _ xy Ex Ey).
Qed.
Lemma antitone_monotone_comp f g : absorbs g -> antitone f -> monotone g -> antitone (g \o f).
Proof.
move=> a mf mg x y x' y' xy /=.
case Ex: (f (Some x)) => [x1|]; last by rewrite a.
case Ey: (f (Some y)) => [y1|]; last by rewrite a.
by move=> gx gy; apply: (mg _ _ _ _ (mf _ _ _ _ xy Ex Ey)).
Qed.
End Maps.

Lemma iterate_settles disp (V : orderType disp) (f : option V -> option V) s :
  absorbs f -> monotone f -> finite_range f -> (forall k, s k.+1 = f (s k)) ->
  classically (evconst s).
Proof.
move=> af mf [D HD] Hs b Hb.
apply: (@classic_EM (exists K, s K = None)) => -[[K sK]|some].
  apply: Hb; exists K => k /subnK <-; elim: (k - K) => [|j IH]; first by [].
  by rewrite addSn Hs IH sK.
have valueP k : {x | s k = Some x}.
  by case E: (s k) => [x|]; [exists x | exfalso; apply: some; exists k].
pose t k := sval (valueP k); have st k : s k = Some (t k) by rewrite /t; case: (valueP k).
have tD k : (1 <= k)%N -> t k \in D.
  by case: k => // k _; apply: (HD (s k)); rewrite -Hs st.
have const : evconst t -> b.
  by move=> [K HK]; apply: Hb; exists K => k Kk; rewrite !st HK.
have step j k : (t j <= t k)%O -> (t j.+1 <= t k.+1)%O.
  by move=> jk; apply: (mf (t j) (t k) _ _ jk); rewrite -!st Hs.
case: (leP (t 1) (t 2)) => [t12|/ltW t21].
  apply: (@nondec_evconst _ _ D t 1) const => [k|k]; last exact: tD.
  by case: k => // k _; elim: k => // k IH; apply: step.
apply: (@nondec_evconst _ [orderType of V^d] D t 1) => [k|k|]; last exact: const.
  by case: k => // k _; elim: k => // k IH; apply: step.
exact: tD.
Qed.

(** ** Layers whose coordinates are updated one by one *)
Record coordinate_layer disp (V : orderType disp) (I O : Type) := CoordinateLayer {
  width : nat;
  update : I -> 'I_width -> option V -> option V;
  cstart : {ffun 'I_width -> option V};
  cdecode : {ffun 'I_width -> option V} -> I -> O }.

Section Layer.
Variables (disp : unit) (V : orderType disp) (I O : Type) (L : coordinate_layer V I O).
Implicit Types w : seq I.

(** What a word does to coordinate [i], and the layer as a causal map. *)
Definition updates w i := foldl (fun h a => @update _ _ _ _ L a i h) ^~ w.
Definition state w : {ffun 'I_(width L) -> option V} := [ffun i => updates w i (cstart L i)].
Definition stepwise : causal I O := fun w x => cdecode (state (rcons w x)) x.

Lemma updates_cat u v i h : updates (u ++ v) i h = updates v i (updates u i h).
Proof. exact: foldl_cat. Qed.

Section Signs.
Hypothesis absorb : forall a i, absorbs (@update _ _ _ _ L a i).
Hypothesis finite : forall a i, finite_range (@update _ _ _ _ L a i).

Lemma updates_absorb w i : absorbs (updates w i).
Proof. by rewrite /absorbs /updates; elim: w => //= a w IH; rewrite absorb. Qed.

Lemma updates_finite w i : (0 < size w)%N -> finite_range (updates w i).
Proof.
case/lastP: w => // w a _; have [D HD] := finite a i; exists D => x y.
by rewrite /updates -cats1 foldl_cat => /HD.
Qed.

Lemma updates_monotone w i : (forall a, monotone (@update _ _ _ _ L a i)) -> monotone (updates w i).
Proof.
move=> H; elim/last_ind: w => [|w a IH]; first by move=> x y x' y' xy /= [<-] [<-].
have E h : updates (rcons w a) i h = (@update _ _ _ _ L a i \o updates w i) h.
  by rewrite -cats1 updates_cat.
by move=> x y x' y' xy; rewrite !E; apply: (monotone_comp (absorb a i) IH (H a)).
Qed.

Lemma updates_signed w i :
  (forall a, monotone (@update _ _ _ _ L a i) \/ antitone (@update _ _ _ _ L a i)) ->
  monotone (updates w i) \/ antitone (updates w i).
Proof.
move=> H; elim/last_ind: w => [|w a IH]; first by left=> x y x' y' xy /= [<-] [<-].
have E h : updates (rcons w a) i h = (@update _ _ _ _ L a i \o updates w i) h.
  by rewrite -cats1 updates_cat.
case: (H a) IH => Ha [] IH; [left|right|right|left] => x y x' y' xy; rewrite !E.
- exact: (monotone_comp (absorb a i) IH Ha).
- exact: (antitone_monotone_comp (absorb a i) IH Ha).
- exact: (monotone_antitone_comp (absorb a i) IH Ha).
- exact: (antitone_comp (absorb a i) IH Ha).
Qed.

Lemma updates_even w i : ~~ odd (size w) ->
  (forall a, antitone (@update _ _ _ _ L a i)) -> monotone (updates w i).
Proof.
move=> ew H; suff [Hodd Heven] : (odd (size w) -> antitone (updates w i)) /\
   (~~ odd (size w) -> monotone (updates w i)) by apply: Heven.
elim/last_ind: w {ew} => [|w a [IHo IHe]]; first by split=> // _ x y x' y' xy /= [<-] [<-].
have E h : updates (rcons w a) i h = (@update _ _ _ _ L a i \o updates w i) h.
  by rewrite -cats1 updates_cat.
rewrite size_rcons /= negbK; split=> ow x y x' y' xy; rewrite !E.
  exact: (monotone_antitone_comp (absorb a i) (IHe ow) (H a)).
exact: (antitone_comp (absorb a i) (IHo ow) (H a)).
Qed.

Lemma stepwise_settles D q p :
  (forall w, size w = p -> forall i, monotone (updates (wpow w q) i)) ->
  settles D q p stepwise.
Proof.
move=> mono u w v x sw _; pose W := wpow w q.
have [W0|W0] := posnP (size W).
  move=> b Hb; apply: Hb; exists 0 => k _; rewrite -!wpowM -/W.
  by rewrite (size0nil W0) !wpow_nil.
have H i : classically (evconst (fun k => updates (u ++ wpow W k) i (cstart L i))).
  apply: (@iterate_settles _ _ (updates W i)); first exact: updates_absorb.
  - exact: mono.
  - exact: updates_finite.
  - by move=> k; rewrite wpowSr catA updates_cat.
apply: (classic_imp _ (evconst_fin H)) => -[K HK]; exists K => k Kk.
rewrite /stepwise -!wpowM -/W; congr (cdecode _ _); apply/ffunP => i.
by rewrite !ffunE !rcons_cat !catA !(updates_cat (_ ++ _)) (HK i k Kk).
Qed.
End Signs.
End Layer.

(** ** Theorems *)
Definition rounded_layer (C : forall disp (V : orderType disp), (option V -> option V) -> Prop)
    I O (f : causal I O) :=
  exists disp (V : orderType disp) (L : coordinate_layer V I O), f =2 stepwise L /\
    forall a i, [/\ absorbs (@update _ _ _ _ L a i), finite_range (@update _ _ _ _ L a i)
                  & C _ _ (@update _ _ _ _ L a i)].
Definition nonneg_rounded := rounded_layer (fun _ V f => @monotone _ V f).
Definition nonpos_rounded := rounded_layer (fun _ V f => @antitone _ V f).
Definition signed_rounded := rounded_layer (fun _ V f => @monotone _ V f \/ @antitone _ V f).

Lemma eq_settles I O D q p (f g : causal I O) : f =2 g -> settles D q p g -> settles D q p f.
Proof.
move=> E S u w v x sw HD; apply: (classic_imp _ (S u w v x sw HD)) => -[K HK].
by exists K => k /HK; rewrite !E.
Qed.

Lemma nonneg_rounded_settles I O (N : network I O) : layers_in nonneg_rounded N ->
  forall D p, layers_settle D 1 p N.
Proof.
elim: N => [//|I' M O' f N IH] /= [[disp [V [L [E H]]]] HN] D p; split; last exact: IH.
apply: (eq_settles E); apply: stepwise_settles => [a i|a i|w _ i]; try by case: (H a i).
by apply: updates_monotone => [a' i'|a']; [case: (H a' i') | case: (H a' i)].
Qed.

Lemma signed_rounded_settles I O (N : network I O) : layers_in signed_rounded N ->
  forall D p, layers_settle D 2 p N.
Proof.
elim: N => [//|I' M O' f N IH] /= [[disp [V [L [E H]]]] HN] D p; split; last exact: IH.
apply: (eq_settles E); apply: stepwise_settles => [a i|a i|w _ i]; try by case: (H a i).
have HC a : monotone (@update _ _ _ _ L a i) \/ antitone (@update _ _ _ _ L a i) by case: (H a i).
have Ha a i' : absorbs (@update _ _ _ _ L a i') by case: (H a i').
have E2 h : updates (L := L) (wpow w 2) i h = (updates (L := L) w i \o updates (L := L) w i) h.
  by rewrite wpowS wpow1 updates_cat.
by case: (updates_signed Ha w HC) => Hw x y x' y' xy; rewrite !E2;
  [apply: (monotone_comp (updates_absorb Ha w i) Hw Hw) | apply: (antitone_comp (updates_absorb Ha w i) Hw Hw)].
Qed.

Lemma nonpos_rounded_settles I O (N : network I O) p : layers_in nonpos_rounded N -> ~~ odd p ->
  forall D, layers_settle D 1 p N.
Proof.
move=> HN ep; elim: N HN => [//|I' M O' f N IH] /= [[disp [V [L [E H]]]] HN] D.
rewrite mul1n; split; last exact: IH.
apply: (eq_settles E); apply: stepwise_settles => [a i|a i|w sw i]; try by case: (H a i).
by apply: updates_even => [a i'||a]; rewrite ?wpow1 ?sw //; [case: (H a i') | case: (H a i)].
Qed.

Theorem rounded_nonneg_star_free I (N : network I bool) (A : dfa I) :
  layers_in nonneg_rounded N -> recognises N (daccepts A) ->
  noncounting (daccepts A) #|dstate A|.+1.
Proof.
move=> HN HA; rewrite /noncounting -[X in periodic _ _ X](exp1n (depth N)).
by apply: network_periodic HA => p; apply: nonneg_rounded_settles.
Qed.

Theorem rounded_signed_two_groups I (N : network I bool) (A : dfa I) :
  layers_in signed_rounded N -> recognises N (daccepts A) ->
  periodic (daccepts A) #|dstate A|.+1 (2 ^ depth N) /\
  forall (gT : finGroupType) (G : {group gT}),
    group_in_syntactic_monoid (daccepts A) G -> (2.-group G)%g.
Proof.
move=> HN HA; have H : periodic (daccepts A) #|dstate A|.+1 (2 ^ depth N).
  by apply: network_periodic HA => p; apply: signed_rounded_settles.
by split=> // gT G; apply: two_periodic_group H.
Qed.

Theorem rounded_nonpos_even I (N : network I bool) (A : dfa I) w :
  layers_in nonpos_rounded N -> recognises N (daccepts A) -> ~~ odd (size w) ->
  forall u v k, (#|dstate A| < k)%N ->
  daccepts A (u ++ wpow w k.+1 ++ v) = daccepts A (u ++ wpow w k ++ v).
Proof.
move=> HN HA ew u v k Nk; rewrite -addn1 -[X in k + X](exp1n (depth N)).
by apply: network_periodic_word => //; apply: nonpos_rounded_settles.
Qed.

(** ** The updates of a diagonal layer

    [round] is any monotone map of an ordered field into a finite set, saturating at
    its ends ([NearestCast] has round-to-nearest). *)
Section Affine.
Local Open Scope ring_scope.
Variables (R : realFieldType) (round : R -> R).
Hypothesis Hround : finite_cast round.

Definition affine_update (a b : R) (h : option R) := omap (fun h => round (round (a * h) + b)) h.
Definition fused_update (a b : R) (h : option R) := omap (fun h => round (a * h + b)) h.

Lemma affine_finite a b : finite_range (affine_update a b).
Proof. by case: Hround => _ [D HD]; exists D => -[x|] y //= [<-]. Qed.
Lemma fused_finite a b : finite_range (fused_update a b).
Proof. by case: Hround => _ [D HD]; exists D => -[x|] y //= [<-]. Qed.

Lemma affine_monotone a b : 0 <= a -> monotone (affine_update a b).
Proof.
case: Hround => hr _ a0 x y x' y' xy [<-] [<-].
by apply: (hr); rewrite ler_add2r; apply: (hr); apply: ler_wpmul2l.
Qed.
Lemma affine_antitone a b : a <= 0 -> antitone (affine_update a b).
Proof.
case: Hround => hr _ a0 x y x' y' xy [<-] [<-].
by apply: (hr); rewrite ler_add2r; apply: (hr); apply: ler_wnmul2l.
Qed.
Lemma fused_monotone a b : 0 <= a -> monotone (fused_update a b).
Proof.
case: Hround => hr _ a0 x y x' y' xy [<-] [<-].
by apply: (hr); rewrite ler_add2r; apply: ler_wpmul2l.
Qed.
Lemma fused_antitone a b : a <= 0 -> antitone (fused_update a b).
Proof.
case: Hround => hr _ a0 x y x' y' xy [<-] [<-].
by apply: (hr); rewrite ler_add2r; apply: ler_wnmul2l.
Qed.
End Affine.
