(** * Settling: what a repeated word does to a network

    All upper bounds on real spectra of these proofs have one shape. A word [w] is
    repeated between fixed words [u] and [v]. A layer _settles with factor [q]_
    if its answer after [u (w^q)^k v] no longer depends on [k], from some [k]
    on. The letters that the next layer sees are then a word of the same form,
    whose repeated word is [q] times as long; so settling composes, and a network
    of [d] such layers settles with factor [q^d].

    Proved here: [settles_compose], [network_settles], and the two conclusions
    for the language of a finite automaton:
    - [network_periodic]: membership of [u w^k v] has the period [q^d];
    - [network_unary]: for a single repeated letter, and layers of which less is
      known (the theorems of Grazzi et al.), a count modulo [m] is possible only
      if [m] divides [q^d].

    A layer has to settle only on the words that the layers below produce: the
    predicate [D] in the definitions. *)
From mathcomp Require Import all_ssreflect.
From Eigenmata Require Import Words Networks.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition prefix_closed I (D : seq I -> Prop) := forall u v, D (u ++ v) -> D u.

(** The words that a layer produces from the words of [D]. *)
Definition image I O (f : causal I O) (D : seq I -> Prop) : seq O -> Prop :=
  fun z => exists2 w, D w & z = outputs f w.
Definition all_words I : seq I -> Prop := fun _ => True.

(** Words of length [p] are repeated. *)
Definition settles I O (D : seq I -> Prop) q p (f : causal I O) :=
  forall u w v x, size w = p -> (forall k, D (rcons (u ++ wpow w k ++ v) x)) ->
  classically (exists K, forall k, K <= k ->
    f (u ++ wpow w (q * k) ++ v) x = f (u ++ wpow w (q * K) ++ v) x).

Lemma image_prefix_closed I O (f : causal I O) D :
  prefix_closed D -> prefix_closed (image f D).
Proof.
move=> pD u v [w Dw E]; exists (take (size u) w).
  by apply: (pD _ (drop (size u) w)); rewrite cat_take_drop.
have su : size u <= size w by rewrite -(size_answers f [::]) -/(outputs f w) -E size_cat leq_addr.
move: E; rewrite -{1}[w](cat_take_drop (size u)) outputs_cat => /(congr1 (take (size u))).
rewrite take_size_cat // take_size_cat // size_answers size_take.
by case: ltngtP su => // ->.
Qed.

Lemma settled_answers I O (D : seq I -> Prop) q p (f : causal I O) u w v1 v2 :
  prefix_closed D -> settles D q p f -> size w = p ->
  (forall k, D (u ++ wpow w k ++ v1 ++ v2)) ->
  classically (exists K, forall k, K <= k ->
    answers f (u ++ wpow w (q * k) ++ v1) v2 = answers f (u ++ wpow w (q * K) ++ v1) v2).
Proof.
move=> pD Sf sw; elim: v2 v1 => [|x v2 IH] v1 HD b Hb; first by apply: Hb; exists 0.
apply: (Sf u w v1 x sw) => [k|[K1 H1]].
  by apply: (pD _ v2); rewrite -cats1 -!catA; apply: HD.
apply: (IH (rcons v1 x)) => [k|[K2 H2]]; first by rewrite cat_rcons; apply: HD.
apply: Hb; exists (maxn K1 K2) => k; rewrite geq_max => /andP[k1 k2] /=.
rewrite !rcons_cat H1 // [in RHS]H1 ?leq_maxl // H2 //.
by rewrite [in RHS]H2 // leq_maxr.
Qed.

Lemma settled_outputs I O (D : seq I -> Prop) q p (f : causal I O) m u w v : 0 < m ->
  prefix_closed D -> settles D q p f -> size w = p ->
  (forall k, D (u ++ wpow w k ++ v)) ->
  classically (exists K u' w' v', [/\ size w' = q * p, size v' = size v &
    forall k, outputs f (u ++ wpow w (q * (m * K + k)) ++ v) = u' ++ wpow w' k ++ v']).
Proof.
move=> m0 pD Sf sw HD b Hb.
apply: (settled_answers (u := u) (v1 := [::]) (v2 := v) pD Sf sw) => // -[K1 H1].
apply: (settled_answers (u := u) (v1 := [::]) (v2 := wpow w q) pD Sf sw) => [k|[K2 H2]].
  by rewrite -wpowD; apply: (pD _ v); rewrite -catA; apply: HD.
apply: Hb; pose K := maxn K1 K2; pose z k := u ++ wpow w (q * (m * K + k)).
have Km k : K <= m * K + k by apply: leq_trans (leq_addr _ _); apply: leq_pmull.
have K1m k : K1 <= m * K + k by apply: leq_trans (Km k); apply: leq_maxl.
have K2m k : K2 <= m * K + k by apply: leq_trans (Km k); apply: leq_maxr.
exists K, (outputs f (z 0)), (answers f (z 0) (wpow w q)), (answers f (z 0) v).
split; [by rewrite size_answers size_wpow sw mulnC | by rewrite size_answers | move=> k].
have A1 : answers f (z k) v = answers f (z 0) v.
  rewrite /z; have := H1 _ (K1m k); rewrite !cats0 => ->.
  by have := H1 _ (K1m 0); rewrite !cats0 => ->.
have A2 j : answers f (z j) (wpow w q) = answers f (z 0) (wpow w q).
  rewrite /z; have := H2 _ (K2m j); rewrite !cats0 => ->.
  by have := H2 _ (K2m 0); rewrite !cats0 => ->.
have -> : u ++ wpow w (q * (m * K + k)) ++ v = z k ++ v by rewrite /z catA.
rewrite outputs_cat A1 catA; congr (_ ++ _); elim: k {A1} => [|k IH].
  by rewrite wpow0 cats0.
have -> : z k.+1 = z k ++ wpow w q by rewrite /z addnS mulnS [q + _]addnC wpowD catA.
by rewrite outputs_cat IH A2 wpowSr catA.
Qed.

Theorem settles_compose I M O (D : seq I -> Prop) q q' p (f : causal I M) (g : causal M O) :
  prefix_closed D -> settles D q p f -> settles (image f D) q' (q * p) g ->
  settles D (q * q') p (compose f g).
Proof.
move=> pD Sf Sg u w v x sw HD b Hb.
have [q0|q0] := posnP q'; first by apply: Hb; exists 0 => k _; rewrite q0 !muln0 !mul0n.
apply: (settled_outputs (u := u) (v := rcons v x) q0 pD Sf sw) => [k|].
  by have := HD k; rewrite -!rcons_cat.
move=> [K [u' [w' [v' [sw' sv' E]]]]].
case/lastP: v' sv' E => [|v' y]; first by rewrite size_rcons.
rewrite !size_rcons => -[sv'] E.
have E1 k : outputs f (u ++ wpow w (q * (q' * K + k)) ++ v) = u' ++ wpow w' k ++ v'
         /\ f (u ++ wpow w (q * (q' * K + k)) ++ v) x = y.
  by have := E k; rewrite -!rcons_cat outputs_rcons => /rcons_inj[-> ->].
apply: (Sg u' w' v' y sw') => [k|[J HJ]].
  exists (rcons (u ++ wpow w (q * (q' * K + k)) ++ v) x); last first.
    by rewrite outputs_rcons; case: (E1 k) => -> ->.
  exact: HD.
apply: Hb; exists (K + J) => k Kk; rewrite /compose.
have -> : q * q' * k = q * (q' * K + q' * (k - K)).
  by rewrite -mulnDr subnKC ?mulnA // (leq_trans (leq_addr J K)).
have -> : q * q' * (K + J) = q * (q' * K + q' * J) by rewrite -mulnDr mulnA.
case: (E1 (q' * (k - K))) => -> ->; case: (E1 (q' * J)) => -> ->.
by apply: HJ; rewrite leq_subRL // (leq_trans (leq_addr J K)).
Qed.

(** Layer [i] (from 0) settles with factor [q] when words of length [q^i p] are
    repeated, on the words that the layers below produce from words of [D]. *)
Fixpoint layers_settle I O (D : seq I -> Prop) q p (N : network I O) : Prop :=
  match N in network I O return (seq I -> Prop) -> Prop with
  | Decode _ _ _ => fun D => True
  | Stack _ _ _ f N' => fun D => settles D q p f /\ layers_settle (image f D) q (q * p) N'
  end D.

Theorem network_settles I O (D : seq I -> Prop) q p (N : network I O) :
  prefix_closed D -> layers_settle D q p N -> settles D (q ^ depth N) p (net N).
Proof.
elim: N D p => [I' O' h|I' M O' f N IH] D' p pD /=.
  by move=> _ u w v x _ _ b Hb; apply: Hb; exists 0.
move=> [Sf SN]; rewrite expnS; apply: settles_compose => //.
by apply: IH => //; apply: image_prefix_closed.
Qed.

(** ** Conclusions for languages *)
Theorem network_periodic_word I (N : network I bool) q (A : dfa I) w :
  layers_settle (@all_words I) q (size w) N -> recognises N (daccepts A) ->
  forall u v k, #|dstate A| < k ->
  daccepts A (u ++ wpow w (k + q ^ depth N) ++ v) = daccepts A (u ++ wpow w k ++ v).
Proof.
move=> SN HN; apply: dfa_periodic_word => u v x.
have pD : prefix_closed (@all_words I) by [].
apply: (classic_imp _ (network_settles pD SN (u := u) (v := v) (x := x) erefl _)) => //.
by move=> [K HK]; exists K => k Kk; rewrite -!rcons_cat -!HN HK.
Qed.

Theorem network_periodic I (N : network I bool) q (A : dfa I) :
  (forall p, layers_settle (@all_words I) q p N) -> recognises N (daccepts A) ->
  periodic (daccepts A) #|dstate A|.+1 (q ^ depth N).
Proof. by move=> SN HN u w v k Nk; apply: network_periodic_word. Qed.

(** One letter is repeated; after it comes any fixed word [v], of which the
    last letter may be an end of sequence. *)
Theorem network_unary I (N : network I bool) q m (a : I) u v x :
  layers_settle (@all_words I) q 1 N -> 0 < m ->
  (forall k, net N (u ++ nseq k a ++ v) x = (m %| k)) -> m %| q ^ depth N.
Proof.
move=> SN m0 H; have pD : prefix_closed (@all_words I) by [].
have S := network_settles pD SN; set Q := q ^ _ in S *.
apply: (S u [:: a] v x erefl) => // -[K HK].
have HQ k : K <= k -> (m %| Q * k) = (m %| Q * K) by move=> Kk; rewrite -!H -!wpow_letter HK.
have d : m %| Q * K by rewrite -(HQ (K * m)) ?leq_pmulr // mulnA dvdn_mull.
by rewrite -(dvdn_addr _ d) addnC -mulnS HQ.
Qed.
