(** * Diagonal layers with entries 1 and 1/2 do not hold a bit that can be set again

    Networks of diagonal layers all entries of which are 1 or 1/2, of any depth, in exact arithmetic, with bounded states and a margin
    in each layer ([half_network]). For such a network and two letters, a and b, there is an n for which the words p (ab)^n a^n b v
    and p (ab)^n b^n a v, with the same p and v, v not empty, are accepted alike ([half_forgets]). So none of them recognises "the last letter but one is
    a" ([half_no_last_but_one]), nor the flip-flop: letters that set a bit to 0 or 1 or leave it ([half_no_flip_flop]). With 1 and 1/4 in
    the place of 1/2 both are recognised, by two layers and one (ResetCascade.v); with 1/2, a sum of digits 0 and 1 does not tell 0.0111… from
    0.1000…

    Proof. In words of a and b, after (ab)^n, all coordinates are left at the same place by a^n b and by b^n a, up to 2^-n
    (HalfCoordinates.v). So the answer does not change if in some place a^n b becomes b^n a, or what is more than n letters ago changes; with these the
    last letter but k can be made any other, for k = n, n - 1, …, 1: the answer depends on the last letter alone ([layer_blind]). So the next
    layer reads two letters in the same freedom. And what follows on (ab)^n a^n b, as on (ab)^n b^n a, is one and the same, for large n
    ([layer_constant]). *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import Words Networks Settling LinearLayers StarFreeExact FiniteOrbits HalfCoordinates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** ** A layer *)
Lemma eq_answers_causal I O (f g : causal I O) past w : f =2 g -> answers f past w = answers g past w.
Proof. by move=> E; elim: w past => //= x w IH past; rewrite E IH. Qed.

Lemma answers_compose I M O (f : causal I M) (g : causal M O) past v :
  answers (compose f g) past v = answers g (outputs f past) (answers f past v).
Proof. by elim: v past => //= x v IH past; rewrite IH outputs_rcons. Qed.

Section Layer.
Variables (R : archiFieldType) (I O : Type) (L : linear_layer R I O) (D : seq I -> Prop).
Definition half_entries := diagonal_letters (fun x => (x == 1) || (x == half R)) L.
Hypotheses (pD : prefix_closed D) (entries : half_entries) (bounded_L : bounded D L).
Variable delta : R.
Hypothesis delta_gt0 : 0 < delta.
Hypothesis decides : forall w w' x, D (rcons w x) -> D (rcons w' x) ->
  (forall i j, `|run L (rcons w x) (start L) i j - run L (rcons w' x) (start L) i j| < delta) ->
  exact L w x = exact L w' x.
Variables (p : seq I) (c : bool -> I).
Hypothesis free : forall w, D (p ++ map c w).

Lemma small_power (K : R) : exists N, K * half R ^+ N < delta.
Proof.
have [K0|K0] := lerP K 0; first by exists 0%N; rewrite mulr1 (le_lt_trans K0).
have [N] : exists N, K / delta < N%:R by eexists; apply: archi_boundP; rewrite divr_ge0 // ltW.
rewrite ltr_pdivr_mulr // => KN; exists N; rewrite /half exprVn -natrX ltr_pdivr_mulr ?ltr0n ?expn_gt0 //.
by apply: lt_trans KN _; rewrite mulrC ltr_pmul2l // ltr_nat ltn_expl.
Qed.

Definition state w := run L w (start L).
Definition close P P' := forall i j, `|state P i j - state P' i j| < delta.

Lemma run_contracts v H H' i j : `|run L v H i j - run L v H' i j| <= `|H i j - H' i j|.
Proof.
elim: v H H' => //= x v IH H H'; apply: le_trans (IH _ _) _.
have [d dS ->] := entries x; rewrite !mul_diag_mx !mxE.
have -> (a b e : R) : a * b + e - (a * H' i j + e) = a * (b - H' i j) by ring.
rewrite normrM; case/orP: (dS i) => /eqP->; first by rewrite normr1 mul1r.
by rewrite ger0_norm ?(ltW (half_gt0 _)) // ler_pimull // half_le1.
Qed.

Lemma close_cat P P' v : close P P' -> close (P ++ v) (P' ++ v).
Proof. by move=> near i j; rewrite /state !run_cat; apply: le_lt_trans (run_contracts _ _ _ _ _) (near i j). Qed.

Lemma close_answers P P' v : D (P ++ v) -> D (P' ++ v) -> close P P' -> answers (exact L) P v = answers (exact L) P' v.
Proof.
elim: v P P' => //= x v IH P P' DP DP' near; rewrite -!cat_rcons in DP DP'.
have near' : close (rcons P x) (rcons P' x) by rewrite -!cats1; apply: close_cat.
rewrite (IH (rcons P x) (rcons P' x)) //; congr (_ :: _).
by apply: decides => //; [apply: pD DP | apply: pD DP'].
Qed.

(** All coordinates at once. *)
Lemma state_settles : exists N, forall n, (N <= n)%N ->
  (forall k m b k' m' b', (n <= k)%N -> (n <= m)%N -> (n <= k')%N -> (n <= m')%N ->
    close (p ++ map c (turns k ++ tail m b)) (p ++ map c (turns k' ++ tail m' b'))) /\
  (forall u u' v, (n <= size v)%N -> close (p ++ map c (turns n ++ u ++ v)) (p ++ map c (turns n ++ u' ++ v))).
Proof.
have [dt dtS Et] := entries (c true); have [df dfS Ef] := entries (c false).
pose A i b := if b then dt 0 i else df 0 i; pose B i j b := input L (c b) i j.
have V i j w : state (p ++ map c w) i j = value (A i) (B i j) (state p i j) w.
  elim/last_ind: w => [|w b IH]; first by rewrite cats0.
  rewrite map_rcons -rcons_cat /state run_rcons -[X in value _ _ _ X]cats1 value_cat /= /step -IH.
  have -> : transition L (c b) = diag_mx (if b then dt else df) by case: b.
  by rewrite mul_diag_mx !mxE /A; case: b.
have [C HC] := bounded_L.
have coordinate (ij : 'I_(rows L) * 'I_(cols L)) : exists lK : R * R, 0 <= lK.2 /\
    forall n, settles_to (A ij.1) (B ij.1 ij.2) (state p ij.1 ij.2) lK.1 lK.2 n.
  have [||l [K HK]] := @settles_down R (A ij.1) (B ij.1 ij.2) (state p ij.1 ij.2) C.
  - by move=> b; rewrite /A; case: b.
  - by move=> w; rewrite -V; apply: HC.
  by exists (l, K).
have [lK HlK] := fin_all_exists coordinate.
pose K := \sum_ij (lK ij).2.
have K_ge i j : (lK (i, j)).2 <= K.
  by rewrite /K (bigD1 (i, j)) //= ler_addl sumr_ge0 // => ij _; case: (HlK ij).
have K0 : 0 <= K by rewrite sumr_ge0 // => ij _; case: (HlK ij).
have [N HN] := small_power (2%:R * K).
exists N => n Nn.
have small i j : 2%:R * ((lK (i, j)).2 * half R ^+ n) < delta.
  apply: le_lt_trans HN; rewrite -mulrA; apply: ler_wpmul2l; first exact: ler0n.
  by apply: ler_pmul; rewrite ?pow_ge0 ?pow_le //; case: (HlK (i, j)).
split=> [k m b k' m' b' nk nm nk' nm' i j|u u' v nv i j].
  have [_ /(_ n)[near _]] := HlK (i, j); rewrite !V; apply: le_lt_trans (small i j).
  set x := value _ _ _ _; set y := value _ _ _ _.
  have -> : x - y = (x - (lK (i, j)).1) - (y - (lK (i, j)).1) by ring.
  by rewrite mulr_natl mulr2n; apply: le_trans (ler_norm_sub _ _) _; apply: ler_add; apply: near.
have [K0' /(_ n)[_ deep]] := HlK (i, j); rewrite !V; apply: le_lt_trans (small i j).
apply: le_trans (deep u u' v nv) _; rewrite mulr_natl mulr2n ler_addl mulr_ge0 ?pow_ge0 //.
Qed.

Lemma layer_blind : exists n g, forall w x, exact L (p ++ map c (turns n ++ w)) (c x) = g x.
Proof.
have [N HN] := state_settles; have [tails deep] := HN N (leqnn N).
pose F u x := exact L (p ++ map c (turns N ++ u)) (c x).
have same u u' x : close (p ++ map c (turns N ++ rcons u x)) (p ++ map c (turns N ++ rcons u' x)) -> F u x = F u' x.
  move=> near; apply: decides; try by rewrite rcons_cat -map_rcons; apply: free.
  by move=> i j; have := near i j; rewrite /state -!rcons_cat !map_rcons -!rcons_cat.
have swap m v x : (N <= m)%N -> F (tail m true ++ v) x = F (tail m false ++ v) x.
  have E b : p ++ map c (turns N ++ rcons (tail m b ++ v) x) = (p ++ map c (turns N ++ tail m b)) ++ map c (rcons v x).
    by rewrite rcons_cat !map_cat -!catA.
  by move=> Nm; apply: same; rewrite !E; apply: close_cat; apply: tails.
have far k : forall u u' v x, (size v + k = N)%N -> (k <= size u)%N -> (k <= size u')%N -> F (u ++ v) x = F (u' ++ v) x.
  elim: k => [|k IH] u u' v x.
    by rewrite addn0 => sv _ _; apply: same; rewrite !rcons_cat; apply: deep; rewrite size_rcons sv.
  move=> sv; have to_tail s : (k < size s)%N -> F (s ++ v) x = F (tail (N + k) true ++ v) x.
    case/lastP: s => // s y; rewrite size_rcons ltnS => ks.
    have -> : F (rcons s y ++ v) x = F (tail (N + k) (~~ y) ++ v) x.
      rewrite /tail negbK !cat_rcons; apply: IH => //; first by rewrite /= addSnnS.
      by rewrite size_nseq leq_addl.
    by case: y => //; rewrite swap // leq_addr.
  by move=> /to_tail-> /to_tail->.
exists (N + N)%N, (F (turns N)) => w x; rewrite -turns_add -catA.
have := far N (turns N ++ w) (turns N) [::] x; rewrite !cats0; apply=> //.
  by rewrite size_cat size_turns -addnn -addnA leq_addr.
by rewrite size_turns -addnn leq_addr.
Qed.

Lemma layer_constant v : (exists N, forall n m b, (N <= n)%N -> (N <= m)%N -> D (p ++ map c (turns n ++ tail m b) ++ v)) ->
  exists N a, forall n m b, (N <= n)%N -> (N <= m)%N -> answers (exact L) (p ++ map c (turns n ++ tail m b)) v = a.
Proof.
move=> [N0 DN]; have [N HN] := state_settles; have [tails _] := HN N (leqnn N).
pose M := maxn N0 N; exists M, (answers (exact L) (p ++ map c (turns M ++ tail M true)) v) => n m b.
rewrite !geq_max => /andP[N0n Nn] /andP[N0m Nm]; apply: close_answers; rewrite -?catA.
- exact: DN.
- by apply: DN; apply: leq_maxl.
by apply: tails => //; apply: leq_maxr.
Qed.
End Layer.

(** ** Networks *)
Section Network.
Variable R : archiFieldType.
Definition half_network I O D (N : network I O) := exact_network (@half_entries R) D N.

Lemma network_blind I O (N : network I O) D p (c : bool -> I) v : prefix_closed D -> half_network D N ->
  (forall w, D (p ++ map c w)) ->
  (exists n0, forall n m b, (n0 <= n)%N -> (n0 <= m)%N -> D (p ++ map c (turns n ++ tail m b) ++ v)) ->
  exists n0 a, forall n m b, (n0 <= n)%N -> (n0 <= m)%N -> answers (net N) (p ++ map c (turns n ++ tail m b)) v = a.
Proof.
elim: N D p c v => [I' O' h|I' M O' f N IH] D p c v pD /= HN free [n0 Dv].
  exists 0%N, (map h v) => n m b _ _; set P := _ ++ _; elim: v P {Dv} => //= x v IHv P; by rewrite IHv.
case: HN => -[L [CL E bL [delta d0 mL]]] HN.
have [n1 [g Hg]] := layer_blind CL bL d0 mL free.
have [n2 [a Ha]] := layer_constant pD CL bL d0 mL free (ex_intro _ n0 Dv).
pose q := outputs f (p ++ map c (turns n1)).
have Q w : outputs f (p ++ map c (turns n1 ++ w)) = q ++ map g w.
  elim/last_ind: w => [|w x IHw]; first by rewrite !cats0.
  by rewrite -rcons_cat map_rcons -rcons_cat outputs_rcons IHw E Hg map_rcons rcons_cat.
have Av P : answers f P v = answers (exact L) P v by apply: eq_answers_causal.
have [||n3 [a' Ha']] := IH (image f D) q g a (image_prefix_closed pD) HN.
- by move=> w; exists (p ++ map c (turns n1 ++ w)).
- exists (maxn n0 n2) => n m b; rewrite !geq_max => /andP[n0n n2n] /andP[n0m n2m].
  exists (p ++ map c (turns (n1 + n) ++ tail m b) ++ v); first by apply: Dv => //; apply: leq_trans n0n (leq_addl _ _).
  have EP : p ++ map c (turns (n1 + n) ++ tail m b) = p ++ map c (turns n1 ++ turns n ++ tail m b).
    by rewrite -turns_add -catA.
  rewrite [p ++ _ ++ v]catA outputs_cat Av Ha //; last exact: leq_trans n2n (leq_addl _ _).
  by rewrite EP Q -catA.
exists (n1 + maxn n2 n3)%N, a' => n m b n1n n1m; rewrite answers_compose Av Ha; last 2 first.
- by apply: leq_trans n1n; apply: leq_trans (leq_maxl _ _) (leq_addl _ _).
- by apply: leq_trans n1m; apply: leq_trans (leq_maxl _ _) (leq_addl _ _).
rewrite -(subnKC (leq_trans (leq_addr _ _) n1n)) -turns_add -catA Q; apply: Ha'.
  by rewrite leq_subRL ?(leq_trans (leq_addr _ _) n1n) //; apply: leq_trans n1n; rewrite leq_add2l leq_maxr.
by apply: leq_trans n1m; apply: leq_trans (leq_maxr _ _) (leq_addl _ _).
Qed.

Theorem half_forgets I (N : network I bool) (L : seq I -> bool) p (c : bool -> I) v x :
  half_network (@all_words I) N -> recognises N L ->
  exists n, L (p ++ map c (turns n ++ tail n true) ++ rcons v x) = L (p ++ map c (turns n ++ tail n false) ++ rcons v x).
Proof.
move=> HN HL; have pD : prefix_closed (@all_words I) by [].
have [||n [a Ha]] := network_blind (p := p) (c := c) (v := rcons v x) pD HN; [by [] | by exists 0%N | ].
exists n; have := Ha n n true (leqnn n) (leqnn n); rewrite -(Ha n n false) //= -!cats1 !answers_cat /= !cats1.
by move/rcons_inj => [_]; rewrite !HL -!rcons_cat -!catA.
Qed.

Corollary half_no_last_but_one (N : network bool bool) :
  half_network (@all_words bool) N -> ~ recognises N last_but_one.
Proof.
move=> HN /(half_forgets [::] id [::] true HN)[n].
have E b : last_but_one (map id (turns n ++ tail n b) ++ [:: true]) = ~~ b.
  by rewrite map_id /tail -!rcons_cat /last_but_one cats1 !rev_rcons.
by rewrite !E.
Qed.

(** Letters set a bit or leave it; the bit is asked for. *)
Definition flip_flop (w : seq (option bool)) : bool := foldl (fun z x => odflt z x) false w.

Corollary half_no_flip_flop (N : network (option bool) bool) :
  half_network (@all_words _) N -> ~ recognises N flip_flop.
Proof.
move=> HN /(half_forgets [::] Some [::] None HN)[n].
have E b : flip_flop (map Some (turns n ++ tail n b) ++ [:: None]) = ~~ b.
  by rewrite /tail -rcons_cat map_rcons cats1 -!cats1 /flip_flop !foldl_cat.
by rewrite !E.
Qed.
End Network.
