(** * Diagonal layers with entries 0 and 1 and finitely many states run temporal logic with "since"

    Formulas speak of the present letter: [Letter p] says that it has the property p; [Combine] is any connective of two formulas;
    [Since f g], that g was true at some time, and f ever after (the present included in both); [Yesterday f], that there was a
    letter before, at which f was true. The [language] of a formula has the words at the last letter of which it is true.
    Proved here, over every ordered field:
    - [since_network]: a formula without "yesterday" is answered by a network of diagonal layers all entries of which are 0 or 1,
      each with finitely many states;
    - [since_ignores_stutter]: so its language cannot tell u x v from u x x v ([FiniteOrbits.stutter_invariant]);
    - [stutter_network]: over a finite alphabet, a language that has a formula, with "yesterday" or without, and cannot tell u x v
      from u x x v, is recognised by such a network. With Kamp's theorem, that the star-free languages are those with such formulas
      (cited, not checked), the networks of [FiniteOrbits] recognise exactly the star-free languages that ignore repetitions.

    Proof. "Since" is one coordinate: 1 if g is true, else kept if f is, else 0. A layer passes on its letter with its bit, so
    formulas are run one after the other. For [stutter_network]: in a word without equal neighbours, "yesterday f" is "for some
    letters b and a that differ: b now, and b since a at which f was true" ([without_yesterday_holds]). That has no "yesterday", so
    ignores repetitions, as the language does; and every word becomes one without equal neighbours ([no_repeat_enough]). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks LinearLayers Settling FiniteOrbits.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Formulas *)
Inductive formula (I : Type) : Type :=
  | Letter (p : I -> bool)
  | Combine (op : bool -> bool -> bool) (f g : formula I)
  | Since (f g : formula I)
  | Yesterday (f : formula I).

Section Meaning.
Variable I : Type.
Implicit Types (f g : formula I) (w : seq I) (x y : I).

Definition since_bit (s : seq (bool * bool)) : bool := foldl (fun z p => p.2 || (p.1 && z)) false s.

(** Whether the last letter [x] of [rcons w x] satisfies [f]. *)
Fixpoint holds f : causal I bool :=
  match f with
  | Letter p => fun _ x => p x
  | Combine op f g => fun w x => op (holds f w x) (holds g w x)
  | Since f g => fun w x => since_bit (outputs (fun u y => (holds f u y, holds g u y)) (rcons w x))
  | Yesterday f => fun w _ => if rev w is y :: w' then holds f (rev w') y else false
  end.

Lemma since_first f g x : holds (Since f g) [::] x = holds g [::] x.
Proof. by rewrite /= /since_bit /= andbF orbF. Qed.
Lemma since_rcons f g w y x :
  holds (Since f g) (rcons w y) x = holds g (rcons w y) x || (holds f (rcons w y) x && holds (Since f g) w y).
Proof. by rewrite /= /since_bit [outputs _ (rcons (rcons _ _) _)]outputs_rcons -cats1 foldl_cat. Qed.
Lemma yesterday_first f x : holds (Yesterday f) [::] x = false.
Proof. by []. Qed.
Lemma yesterday_rcons f w y x : holds (Yesterday f) (rcons w y) x = holds f w y.
Proof. by rewrite /= rev_rcons revK. Qed.

(** No "yesterday". *)
Fixpoint since_only f : bool :=
  match f with
  | Letter _ => true
  | Combine _ f g | Since f g => since_only f && since_only g
  | Yesterday _ => false
  end.
End Meaning.

(** ** Layers with entries 0 and 1 *)
Section Layers.
Variable R : realFieldType.

Definition holding_layer I O (f : causal I O) := exists L : linear_layer R I O,
  [/\ f =2 exact L, forall x, exists2 d : 'rV[R]_(rows L), transition L x = diag_mx d & forall i, (d 0 i == 0) || (d 0 i == 1)
    & finite_orbit L (@all_words I)].
Definition holding_network I O := @layers_in holding_layer I O.

Lemma holding_finite_diagonal I O D (N : network I O) : holding_network N -> finite_diagonal R D N.
Proof.
elim: N D => [//|I' M O' f N IH] D /= [[L [E Ld [S LS]]] NH]; split; last exact: IH.
exists L; split=> //; last by exists S => w i j _; apply: LS.
by move=> x; have [d Ed d01] := Ld x; exists d => // i; case/orP: (d01 i) => /eqP->; rewrite ?ler01.
Qed.

Lemma pointwise_holding I O (h : I -> O) : holding_layer (fun _ x => h x).
Proof.
exists (@LinearLayer R I O 0 0 (fun _ => 0) (fun _ => 0) 0 (fun _ x => h x)); split=> //.
- by move=> x; exists 0 => [|[]//]; rewrite /= [diag_mx _]flatmx0.
by exists [::] => w [].
Qed.

Definition realised I O (f : causal I O) := exists2 N : network I O, holding_network N & net N =2 f.

Lemma realised_pointwise I O (h : I -> O) : realised (fun (_ : seq I) x => h x).
Proof. by exists (Decode h). Qed.
Lemma realised_layer I O (f : causal I O) : holding_layer f -> realised f.
Proof. by move=> Hf; exists (Stack f (Decode id)). Qed.
Lemma eq_realised I O (f g : causal I O) : f =2 g -> realised f -> realised g.
Proof. by move=> E [N HN EN]; exists N => // w x; rewrite EN. Qed.
Lemma realised_compose I M O (f : causal I M) (g : causal M O) : realised f -> realised g -> realised (compose f g).
Proof.
move=> [N HN EN] Rg; suff : realised (compose (net N) g) by apply: eq_realised; apply: eq_compose.
elim: N g Rg HN {EN f} => [I' M' h|I' M1 M2 f N IH] g Rg /=.
  move=> _; have [N HN EN] := Rg; exists (Stack (fun _ x => h x) N); last by move=> w x; rewrite /= /compose EN.
  by split=> //; apply: pointwise_holding.
move=> [Hf HN]; have [N' HN' EN'] := IH g Rg HN; exists (Stack f N') => // w x.
by rewrite /= /compose EN' /compose -compose_outputs.
Qed.

(** The coordinate of "since": 1, or kept, or 0. *)
Lemma since_holding J (a b : J -> bool) :
  holding_layer (fun w y => (y, since_bit [seq (a z, b z) | z <- rcons w y])).
Proof.
pose L := @LinearLayer R J (J * bool) 1 1 (fun y => (a y && ~~ b y)%:R%:M) (fun y => (b y)%:R%:M) 0
  (fun H y => (y, H 0 0 == 1)).
have E w : run L w (start L) 0 0 = (since_bit [seq (a z, b z) | z <- w])%:R.
  elim/last_ind: w => [|w y IH]; first by rewrite /= mxE.
  rewrite run_rcons /= mul_scalar_mx !mxE eqxx !mulr1n IH.
  rewrite map_rcons /since_bit -cats1 foldl_cat /=.
  by case: (b y) (a y) (foldl _ _ _) => -[] []; rewrite /= ?mul0r ?mul1r ?add0r ?addr0.
exists L; split=> [w y|y|].
- by rewrite /exact /= E; congr (_, _); case: since_bit; rewrite ?eqxx // eq_sym oner_eq0.
- exists (const_mx (a y && ~~ b y)%:R) => [|i]; first by rewrite diag_const_mx.
  by rewrite mxE; case: (_ && _); rewrite eqxx ?orbT.
exists [:: 0; 1] => w i j _; rewrite !ord1 E; case: since_bit; by rewrite !inE eqxx ?orbT.
Qed.

Definition beside J (f : causal J bool) : causal J (J * bool) := fun w y => (y, f w y).

Lemma beside_fst J (f : causal J bool) w : map fst (outputs (beside f) w) = w.
Proof. by elim/last_ind: w => // w y IH; rewrite outputs_rcons map_rcons IH. Qed.

Lemma formula_realised I (f : formula I) : since_only f -> forall J (p : J -> I),
  realised (beside (fun w y => holds f (map p w) (p y))).
Proof.
elim: f => [q|op f IHf g IHg|f IHf g IHg|//] /=.
- by move=> _ J p; apply: (realised_pointwise (fun y => (y, q (p y)))).
- move=> /andP[sf sg] J p; have Rf := IHf sf J p; have Rg := IHg sg (J * bool)%type (p \o fst).
  apply: eq_realised (realised_compose (realised_compose Rf Rg)
    (realised_pointwise (fun y : J * bool * bool => (y.1.1, op y.1.2 y.2)))) => w y.
  by rewrite /compose /= map_comp beside_fst.
move=> /andP[sf sg] J p; have Rf := IHf sf J p; have Rg := IHg sg (J * bool)%type (p \o fst).
have Rs := realised_layer (since_holding (fun y : J * bool * bool => y.1.2) (fun y => y.2)).
apply: eq_realised (realised_compose (realised_compose (realised_compose Rf Rg) Rs)
  (realised_pointwise (fun y : J * bool * bool * bool => (y.1.1.1, y.2)))) => w y.
set H := compose (beside _) (beside _).
have E v : map (fun z : J * bool * bool => (z.1.2, z.2)) (outputs H v) =
           outputs (fun u x => (holds f u x, holds g u x)) (map p v).
  elim/last_ind: v => // v z IH; rewrite outputs_rcons !map_rcons outputs_rcons IH; congr rcons.
  by rewrite /H /compose /beside /= map_comp -/(beside _) beside_fst.
rewrite {1}/compose {1}[compose _ _]/compose /= -/H -outputs_rcons E map_rcons.
by rewrite /beside.
Qed.

Theorem since_network I (f : formula I) : since_only f ->
  exists2 N : network I bool, holding_network N & net N =2 holds f.
Proof.
move=> sf; have Rf := formula_realised sf id.
apply: (@eq_realised _ _ (compose _ _) _ _ (realised_compose Rf (realised_pointwise snd))) => w x.
by rewrite /compose /beside /= map_id.
Qed.
End Layers.

(** The words at the last letter of which a formula is true. *)
Definition language I (f : formula I) (w : seq I) : bool := if rev w is x :: w' then holds f (rev w') x else false.

Lemma language_rcons I (f : formula I) w x : language f (rcons w x) = holds f w x.
Proof. by rewrite /language rev_rcons revK. Qed.

Definition ignores_stutter I (L : seq I -> bool) := forall u x v, L (u ++ x :: x :: v) = L (u ++ x :: v).

Corollary since_ignores_stutter I (f : formula I) : since_only f -> ignores_stutter (language f).
Proof.
move=> /(since_network [realFieldType of rat])[N HN EN].
apply: (stutter_invariant (holding_finite_diagonal (@all_words I) HN)) => w x.
by rewrite EN language_rcons.
Qed.

(** ** "Yesterday", where languages ignore stutter *)
Section Finite.
Variable I : finType.
Implicit Types (f : formula I) (w : seq I).

Definition never : formula I := Letter (fun _ => false).
Definition either (s : seq (formula I)) : formula I := foldr (Combine orb) never s.
Lemma holds_either s w x : holds (either s) w x = has (fun f => holds f w x) s.
Proof. by elim: s => //= f s ->. Qed.
Lemma since_either s : all (@since_only I) s -> since_only (either s).
Proof. by elim: s => //= f s IH /andP[-> /IH]. Qed.

(** b, since another letter a at which f held. *)
Definition change f (b a : I) : formula I :=
  Combine andb (Letter (pred1 b)) (Since (Letter (pred1 b)) (Combine andb (Letter (pred1 a)) f)).

Lemma change_first f b a x : b != a -> holds (change f b a) [::] x = false.
Proof.
move=> ba; rewrite [LHS]/= -/(holds (Since (Letter (pred1 b)) (Combine andb (Letter (pred1 a)) f)) [::] x) since_first /=.
by case: eqVneq => // ->; rewrite (negPf ba).
Qed.

Lemma change_rcons f b a w y x : b != a -> y != x ->
  holds (change f b a) (rcons w y) x = [&& x == b, y == a & holds f w y].
Proof.
move=> ba yx; rewrite [LHS]/= -/(holds (Since (Letter (pred1 b)) (Combine andb (Letter (pred1 a)) f)) (rcons w y) x).
rewrite since_rcons; have [xb|//] := eqVneq x b; rewrite [holds (Letter _) _ x]/= [holds (Combine _ _ _) _ x]/= xb eqxx (negPf ba) /=.
rewrite -/(holds (Since (Letter (pred1 b)) (Combine andb (Letter (pred1 a)) f)) w y).
rewrite xb in yx; case/lastP: w => [|w z]; first by rewrite since_first.
by rewrite since_rcons [holds (Letter _) _ y]/= (negPf yx) orbF.
Qed.

Fixpoint without_yesterday f : formula I :=
  match f with
  | Letter p => Letter p
  | Combine op f g => Combine op (without_yesterday f) (without_yesterday g)
  | Since f g => Since (without_yesterday f) (without_yesterday g)
  | Yesterday f => either [seq change (without_yesterday f) p.1 p.2 | p <- enum [pred p : I * I | p.1 != p.2]]
  end.

Lemma holds_without_yesterday f w x : holds (without_yesterday (Yesterday f)) w x =
  has (fun p => holds (change (without_yesterday f) p.1 p.2) w x) (enum [pred p : I * I | p.1 != p.2]).
Proof. by rewrite [LHS]holds_either has_map. Qed.

Lemma without_yesterday_since f : since_only (without_yesterday f).
Proof.
elim: f => //= [_ f -> g -> //|f -> g -> //|f IH].
by apply: since_either; rewrite all_map; apply/allP => p _ /=; rewrite IH.
Qed.

Definition no_repeat w := sorted (fun a b => a != b) w.

Lemma no_repeat_rcons w x : no_repeat (rcons w x) -> no_repeat w.
Proof. by case: w => //= y w; rewrite rcons_path => /andP[]. Qed.

Lemma without_yesterday_holds f w x : no_repeat (rcons w x) -> holds (without_yesterday f) w x = holds f w x.
Proof.
elim: f w x => // [op f IHf g IHg|f IHf g IHg|f IH] w x nr.
- by rewrite /= IHf ?IHg.
- elim/last_ind: w x nr => [|w y IHw] x nr; first by rewrite [LHS]since_first [RHS]since_first IHg.
  by rewrite [LHS]since_rcons [RHS]since_rcons IHf // IHg // IHw // (no_repeat_rcons nr).
rewrite holds_without_yesterday; case/lastP: w nr => [|w y] nr.
  by apply/hasP => -[[b a]]; rewrite mem_enum inE => ba; rewrite change_first.
have yx : y != x by move: nr; rewrite -2!cats1 -catA /no_repeat; case: (w) => [|z w'] /=; rewrite ?cat_path /= ?andbT // => /andP[_ /andP[]].
rewrite [RHS]yesterday_rcons -(IH _ _ (no_repeat_rcons nr)); apply/hasP/idP => [[[b a]]|hf].
  by rewrite mem_enum inE => ba; rewrite change_rcons // => /and3P[].
exists (x, y); first by rewrite mem_enum inE eq_sym.
by rewrite change_rcons ?eqxx // eq_sym.
Qed.

Lemma repeat_within w : ~~ no_repeat w -> exists u x v, w = u ++ x :: x :: v.
Proof.
rewrite /no_repeat; case: w => //= x w; elim: w x => //= y w IH x; rewrite negb_and negbK => /orP[/eqP ->|/IH].
  by exists [::], y, w.
by move=> [u [z [v ->]]]; exists (x :: u), z, v.
Qed.

(** Every word is, for such languages, as one without equal neighbours. *)
Lemma no_repeat_enough (L L' : seq I -> bool) : ignores_stutter L -> ignores_stutter L' ->
  (forall w, no_repeat w -> L w = L' w) -> L =1 L'.
Proof.
move=> HL HL' E w; have [n] := ubnP (size w); elim: n w => // n IH w sw.
have [/E //|/repeat_within[u [x [v Ew]]]] := boolP (no_repeat w).
rewrite Ew HL HL'; apply: IH; move: sw; by rewrite Ew !size_cat /= !addnS ltnS.
Qed.

Theorem stutter_network R f : ignores_stutter (language f) ->
  exists2 N : network I bool, holding_network R N & recognises N (language f).
Proof.
move=> Hf; have sf := without_yesterday_since f.
have [N HN EN] := since_network R sf; exists N => // w x; rewrite EN -language_rcons.
apply: no_repeat_enough => // [|{}w]; first exact: since_ignores_stutter.
case/lastP: w => [//|w y] nr; by rewrite !language_rcons without_yesterday_holds.
Qed.
End Finite.
