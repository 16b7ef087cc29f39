(** * Groups in machines whose coordinates move affinely, level by level

    A machine with finitely many states, each told by [k] levels of coordinates, numbers of a field of
    characteristic 0. One letter moves a coordinate by an affine map, which the letter and the levels below it
    decide. A network of [k] diagonal layers is such a machine ([DiagonalDepth]). Proved here: every group in the syntactic
    monoid of its language is solvable, of derived length at most [k] ([derived_length]).

    Proof. Let [W] be the words whose classes are in the group [G], and [e] one of the class of the unit with an image [Y] of least size:
    every word [w e], [w] in [W], permutes [Y]. Say that a word is of grade [i] if it permutes [Y] without moving the levels below
    [i]. Over fixed lower levels the states of [Y] are finitely many, and a word of grade [i] moves their coordinates of
    level [i] by one affine map that permutes them, so it fixes their mean: there is a mean in characteristic 0. Affine maps
    with one fixed point commute. So the commutator of two words of grade [i] is of grade [i + 1], and [G^(i)] has words of grade [i].
    A word of grade [k] does nothing on [Y]: its class is the unit.

    Where 1 and -1 are the only roots of 1 squares of words of one grade are of the next, too: [square_length_of].
    If moreover each level turns by numbers that do not depend on the letters, or by positive ones, words of one length make no
    group: [same_length_of], used in [ConstantDiagonal]. *)
From mathcomp Require Import all_ssreflect all_fingroup all_solvable all_algebra.
From Eigenmata Require Import Words.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.

(** ** Lists of what is so, classically *)
Lemma classic_filter (T : eqType) (s : seq T) (P : T -> Prop) :
  classically (exists2 r : seq T, uniq r & forall x, x \in r <-> x \in s /\ P x).
Proof.
elim: s => [|a s IH] b Hb; first by apply: Hb; exists [::] => // x; rewrite in_nil; split=> [|[]].
apply: IH => -[r ur Hr]; apply: (@classic_EM (P a)) => -[Pa|nPa]; apply: Hb; last first.
  exists r => // x; rewrite Hr inE; split=> [[-> Px]|[/orP[/eqP ->|xs] Px]]; rewrite ?orbT //.
have [ar|ar] := boolP (a \in r).
  exists r => // x; rewrite Hr inE; split=> [[-> Px]|[/orP[/eqP ->|xs] Px]]; rewrite ?orbT //.
  by have [/(_ ar)] := Hr a.
exists (a :: r) => [|x]; first by rewrite /= ar.
rewrite !inE; split=> [/orP[/eqP ->|/Hr[-> Px]]|[/orP[->//|xs] Px]]; rewrite ?eqxx ?orbT //.
by apply/orP; right; apply/Hr.
Qed.

Lemma uniq_map_inj (T U : eqType) (f : T -> U) s : uniq (map f s) -> {in s &, injective f}.
Proof.
elim: s => //= a s IH /andP[na /IH inj] x y; rewrite !inE.
case/predU1P=> [->|xs]; case/predU1P=> [->|ys] E //; last exact: inj.
  by move: na; rewrite E map_f.
by move: na; rewrite -E map_f.
Qed.

Local Open Scope ring_scope.

(** The squares, the squares of what they generate, and so on: for a 2-group the Frattini series. *)
Fixpoint square_series (gT : finGroupType) (G : {set gT}) i : {set gT} :=
  if i is i'.+1 then <<[set x ^+ 2 | x in square_series G i']>>%g else G.

Lemma square_series_power (gT : finGroupType) (G : {set gT}) i x : (x \in G -> x ^+ (2 ^ i) \in square_series G i)%g.
Proof. by move=> Gx; elim: i => [|i IH]; rewrite ?expg1 // expnSr expgM; apply/mem_gen/imset_f. Qed.

(** ** Machines *)
Section Machine.
Variables (F : fieldType) (I : Type).

Record machine := Machine {
  space : choiceType;
  first : space;
  next : space -> I -> space;
  coord : nat -> nat * nat -> space -> F }.
Variables (T : machine) (k : nat).
Implicit Types (s t y : space T) (u v w : seq I).

Definition agree i s t := forall l p, (l < i)%N -> coord l p s = coord l p t.
(** Coordinates of level [i] move by affine maps that the lower levels decide; [k] levels tell states apart. *)
Definition triangular :=
  (forall s t, agree k s t -> s = t) /\
  forall i p s x, (i < k)%N -> exists a b, forall t, agree i s t -> coord i p (next t x) = a * coord i p t + b.
Hypothesis tri : triangular.

Definition go w s := foldl (@next T) s w.

Lemma go_cat u v s : go (u ++ v) s = go v (go u s).
Proof. exact: foldl_cat. Qed.
Lemma go_wpow w n s : go (wpow w n) s = iter n (go w) s.
Proof. by elim: n => // n IH; rewrite wpowSr go_cat IH. Qed.

Lemma agree_sym i s t : agree i s t -> agree i t s.
Proof. by move=> E l p li; rewrite E. Qed.
Lemma agree_trans i s t r : agree i s t -> agree i t r -> agree i s r.
Proof. by move=> E E' l p li; rewrite E ?E'. Qed.

Lemma agree_next i s t x : (i <= k)%N -> agree i s t -> agree i (next s x) (next t x).
Proof.
move=> ik E l p li; have [a [b H]] := tri.2 l p s x (leq_trans li ik).
rewrite !H //; first by rewrite E.
by move=> l' p' l'l; apply: E; apply: ltn_trans l'l li.
Qed.

Lemma affine_word i p s w : (i < k)%N -> exists a b, forall t, agree i s t -> coord i p (go w t) = a * coord i p t + b.
Proof.
move=> ik; elim: w s => [|x w IH] s /=; first by exists 1, 0 => t _; rewrite mul1r addr0.
have [a [b H]] := tri.2 i p s x ik; have [a' [b' H']] := IH (next s x).
exists (a' * a), (a' * b + b') => t E; rewrite H'; last by apply: agree_next => //; apply: ltnW.
by rewrite H // mulrDr mulrA addrA.
Qed.

(** ** The language of a machine, and a group in its syntactic monoid *)
Section Group.
Hypothesis char0 : [char F] =i pred0.
Variables (L : seq I -> bool) (out : space T -> I -> bool).
Hypothesis HL : forall u x, L (rcons u x) = out (go (rcons u x) (first T)) x.
Variables (gT : finGroupType) (G : {group gT}) (phi : gT -> seq I).
Hypothesis phiM : {in G &, forall g h, congruent L (phi (g * h)%g) (phi g ++ phi h)}.
Hypothesis phi_inj : {in G &, forall g h, congruent L (phi g) (phi h) -> g = h}.
Variable X : seq (space T).
Hypothesis HX : forall s, s \in X <-> exists u, s = go u (first T).
Notation cong := (congruent L).

Lemma cong_sym u v : cong u v -> cong v u. Proof. by move=> E p q; rewrite E. Qed.
Lemma cong_trans u v w : cong u v -> cong v w -> cong u w. Proof. by move=> E E' p q; rewrite E. Qed.
Lemma cong_cat u v u' v' : cong u u' -> cong v v' -> cong (u ++ v) (u' ++ v').
Proof. by move=> E E'; apply: cong_trans (congruent_catl _ E') (congruent_catr _ E). Qed.
Lemma cong_mul u v g h : g \in G -> h \in G -> cong u (phi g) -> cong v (phi h) -> cong (u ++ v) (phi (g * h)%g).
Proof. by move=> Gg Gh E E'; apply: cong_trans (cong_cat E E') (cong_sym (phiM Gg Gh)). Qed.
Lemma cong_wpow w g n : g \in G -> cong w (phi g) -> cong (wpow w n.+1) (phi (g ^+ n.+1)%g).
Proof.
move=> Gg E; elim: n => [|n IH]; first by rewrite wpow1 expg1.
by rewrite wpowS expgS; apply: cong_mul => //; rewrite groupX.
Qed.

Lemma go_X s w : s \in X -> go w s \in X.
Proof. by move=> /HX[u ->]; apply/HX; exists (u ++ w); rewrite go_cat. Qed.

(** Words that act alike have one class, if some word of the class of the unit is not empty. *)
Variables (z : seq I) (a0 : I).
Hypothesis Hz : cong (rcons z a0) (phi 1%g).

Lemma faithful w w' g h : g \in G -> h \in G -> cong w (phi g) -> cong w' (phi h) ->
  (forall s, s \in X -> go w s = go w' s) -> g = h.
Proof.
move=> Gg Gh E E' same; apply: phi_inj => // u v.
have [v' [x Ev]] : exists v' x, rcons z a0 ++ v = rcons v' x.
  by case/lastP: v => [|v' x]; [exists z, a0; rewrite cats0 | exists (rcons z a0 ++ v'), x; rewrite rcons_cat].
have H w1 g1 : g1 \in G -> cong w1 (phi g1) ->
    L (u ++ phi g1 ++ v) = L (u ++ w1 ++ rcons z a0 ++ v).
  by move=> G1 E1; have := cong_mul G1 (group1 G) E1 Hz u v; rewrite mulg1 -!catA => <-.
rewrite (H w) // (H w') //.
have Eu w1 : u ++ w1 ++ rcons z a0 ++ v = rcons (u ++ w1 ++ v') x by rewrite Ev !rcons_cat.
rewrite !Eu !HL -!Eu !go_cat; congr (out (go _ (go _ _)) _).
by apply: same; apply/HX; exists u.
Qed.

(** ** A word of least image, and the words that permute the image *)
Definition img w := undup [seq go w s | s <- X].

Section Minimal.
Variable e : seq I.
Hypothesis He : cong e (phi 1%g).
Hypothesis least : forall w g, g \in G -> cong w (phi g) -> (size (img e) <= size (img (w ++ e)))%N.
Let Y := img e.

Lemma mem_Y y : y \in Y <-> exists2 s, s \in X & y = go e s.
Proof.
rewrite /Y /img mem_undup; split=> [/mapP[s sX ->]|[s sX ->]]; [by exists s | exact: map_f].
Qed.
Lemma Y_X y : y \in Y -> y \in X.
Proof. by move=> /mem_Y[s sX ->]; apply: go_X. Qed.

Definition permutes w := (forall y, y \in Y -> go w y \in Y) /\ {in Y &, injective (go w)}.

Lemma permutes_cat u v : permutes u -> permutes v -> permutes (u ++ v).
Proof.
move=> [Yu iu] [Yv iv]; split=> [y Yy|x y xY yY]; first by rewrite go_cat; apply/Yv/Yu.
by rewrite !go_cat => E; apply: iu => //; apply: iv => //; apply: Yu.
Qed.
Lemma permutes_e w g : g \in G -> cong w (phi g) -> permutes (w ++ e).
Proof.
move=> Gg E; split=> [y /Y_X Xy|]; first by rewrite go_cat; apply/mem_Y; exists (go w y) => //; apply: go_X.
apply: uniq_map_inj; rewrite -[uniq _]negbK -ltn_size_undup size_map -leqNgt.
have := least (groupM (group1 G) Gg) (cong_mul (group1 G) Gg He E).
move/leq_trans; apply; apply: uniq_leq_size => [|y]; first exact: undup_uniq.
rewrite !mem_undup => /mapP[s sX ->]; rewrite -catA go_cat; apply: map_f; apply/mem_Y; by exists s.
Qed.

Lemma permutes_order w : permutes w -> exists n, forall y, y \in Y -> go (wpow w n.+1) y = y.
Proof.
move=> [Yw iw]; pose S := seq_sub_finType Y; pose f (y : S) : S := SeqSub (Yw _ (ssvalP y)).
have fi : injective f.
  by move=> x y /(congr1 val) /= E; apply: val_inj; apply: iw E; apply: ssvalP.
exists (#[perm fi]%g.-1) => y yY; rewrite prednK ?order_gt0 // go_wpow.
have E n : val (iter n f (SeqSub yY : S)) = iter n (go w) y by elim: n => //= n ->.
by rewrite -E -(eq_iter (permE fi)) -permX expg_order perm1.
Qed.

(** The word [w] permutes [Y] and stands for [g]. *)
Definition stands w g := [/\ g \in G, permutes w & cong (e ++ w) (phi g)].

Lemma stands_nil : stands [::] 1%g.
Proof. by split; rewrite ?cats0 //; split=> [y|x y _ _ E]. Qed.
Lemma stands_phi g : g \in G -> stands (phi g ++ e) g.
Proof.
move=> Gg; have cg : cong (phi g) (phi g) by move=> u v.
split=> //; first exact: permutes_e cg.
by have := cong_mul (groupM (group1 G) Gg) (group1 G) (cong_mul (group1 G) Gg He cg) He; rewrite mulg1 mul1g catA.
Qed.
Lemma stands_cat w g w' g' : stands w g -> stands w' g' -> stands (w ++ w') (g * g')%g.
Proof.
move=> [Gg pw cw] [Gh pw' cw']; split; [exact: groupM | exact: permutes_cat |].
apply: (cong_trans (v := (e ++ w) ++ (e ++ w'))); last exact: cong_mul.
have /(congruent_catr w') := cong_mul Gg (group1 G) cw He.
rewrite mulg1 => E; have /(congruent_catr w') := cw => E'.
rewrite catA; apply: cong_trans E' _; apply: cong_sym; move: E; rewrite -!catA; exact.
Qed.
Lemma stands_wpow w g n : stands w g -> stands (wpow w n) (g ^+ n)%g.
Proof.
by move=> S; elim: n => [|n IH]; [exact: stands_nil | rewrite wpowS expgS; apply: stands_cat].
Qed.
Lemma stands1 w g : stands w g -> (forall y, y \in Y -> go w y = y) -> g = 1%g.
Proof.
move=> [Gg _ cw] w1; apply: (faithful Gg (group1 G) cw He) => s sX.
by rewrite go_cat w1 //; apply/mem_Y; exists s.
Qed.
Lemma stands_inv w g : stands w g -> exists n, stands (wpow w n) g^-1%g /\
  forall y, y \in Y -> go w (go (wpow w n) y) = y.
Proof.
move=> S; have [_ pw _] := S; have [n Hn] := permutes_order pw; exists n; split=> [|y yY]; last first.
  by rewrite -go_cat -wpowSr Hn.
have E : (g ^+ n.+1 = 1)%g by apply: (stands1 (stands_wpow n.+1 S)).
have -> : (g^-1 = g ^+ n)%g by apply/eqP; rewrite eq_invg_mul -expgS E.
exact: stands_wpow.
Qed.

(** ** Grades *)
Definition grade i w := forall y, y \in Y -> agree i y (go w y).

Lemma grade_cat i w w' : permutes w -> grade i w -> grade i w' -> grade i (w ++ w').
Proof.
by move=> [Yw _] gw gw' y yY; rewrite go_cat; apply: agree_trans (gw _ yY) (gw' _ (Yw _ yY)).
Qed.
Lemma grade_wpow i w n : permutes w -> grade i w -> grade i (wpow w n).
Proof. by move=> pw gw; elim: n => [|n IH]; [move=> y | rewrite wpowS; apply: grade_cat]. Qed.

(** The mean of the coordinate over the states of [Y] that agree below with [y0] is fixed by each word of the grade. *)
Lemma mean_fixed i p y0 (C : seq (space T)) : y0 \in Y -> uniq C ->
  (forall t, t \in C <-> t \in Y /\ agree i y0 t) ->
  exists c, forall w a b, permutes w -> grade i w -> (forall t, agree i y0 t -> coord i p (go w t) = a * coord i p t + b) ->
  forall t, t \in C -> coord i p (go w t) - c = a * (coord i p t - c).
Proof.
move=> y0Y uC HC; have C0 : (0 < size C)%N.
  have : y0 \in C by apply/HC.
  by case: (C).
pose m : F := (size C)%:R; have m0 : m != 0 by rewrite /m ((charf0P F).1 char0) -lt0n.
pose sum := \sum_(t <- C) coord i p t; exists (sum / m) => w a b [Yw iw] gw H t tC.
have CY s : s \in C -> s \in Y by move=> /HC[].
have Cw s : s \in C -> go w s \in C.
  by move=> /HC[sY sa]; apply/HC; split; [apply: Yw | apply: agree_trans sa (gw _ sY)].
have E : sum = a * sum + m * b.
  have pC : perm_eq (map (go w) C) C.
    apply: uniq_perm => //; first by rewrite map_inj_in_uniq // => x y /CY xY /CY yY; apply: iw.
    have uw : uniq (map (go w) C) by rewrite map_inj_in_uniq // => x y /CY xY /CY yY; apply: iw.
    have sub : {subset map (go w) C <= C} by move=> _ /mapP[s sC ->]; apply: Cw.
    by have [|_ Em] := uniq_min_size uw sub; rewrite ?size_map.
  rewrite {1}/sum -(perm_big _ pC) /= big_map.
  rewrite (eq_big_seq (fun s => a * coord i p s + b)) => [|s /HC[_ sa]]; last exact: H.
  rewrite big_split /= -mulr_sumr; congr (_ + _).
  by rewrite big_const_seq count_predT iter_addr_0 mulr_natl.
have Eb : b = sum / m - a * (sum / m).
  apply: (mulfI m0); rewrite mulrBr mulrCA !(mulrCA m) mulfV // !mulr1.
  by apply/eqP; rewrite eq_sym subr_eq addrC -E.
have /HC[_ ta] := tC; rewrite H // {1}Eb mulrBr; set c := sum / m.
by rewrite addrA addrAC addrK.
Qed.

(** The commutator of two words of one grade is of the next. *)
Lemma grade_commutator i w1 w2 n1 n2 : (i < k)%N -> permutes w1 -> permutes w2 ->
  (forall y, y \in Y -> go w1 (go (wpow w1 n1) y) = y) -> (forall y, y \in Y -> go w2 (go (wpow w2 n2) y) = y) ->
  grade i w1 -> grade i w2 -> grade i.+1 (wpow w1 n1 ++ wpow w2 n2 ++ w1 ++ w2).
Proof.
move=> ik p1 p2 i1 i2 g1 g2.
have pw w n : permutes w -> permutes (wpow w n).
  by move=> pw; elim: n => [|n IH]; [split | rewrite wpowS; apply: permutes_cat].
have low : grade i (wpow w1 n1 ++ wpow w2 n2 ++ w1 ++ w2).
  apply: grade_cat; [exact: pw | exact: grade_wpow |].
  by apply: grade_cat; [exact: pw | exact: grade_wpow | exact: grade_cat].
move=> y yY l p; rewrite ltnS leq_eqVlt => /predU1P[->{l}|]; last exact: low.
apply/eqP; apply: (@classic_filter _ Y (agree i y)) => -[C uC HC]; apply/eqP.
have [c Hc] := mean_fixed p yY uC HC.
have [a1 [b1 /(Hc _ _ _ p1 g1) H1]] := affine_word p y w1 ik.
have [a2 [b2 /(Hc _ _ _ p2 g2) H2]] := affine_word p y w2 ik.
have stay w t : permutes w -> grade i w -> t \in C -> go w t \in C.
  by move=> [Yw _] gw /HC[tY ta]; apply/HC; split; [apply: Yw | apply: agree_trans ta (gw _ tY)].
have yC : y \in C by apply/HC.
rewrite !go_cat; set y1 := go (wpow w1 n1) y; set y2 := go (wpow w2 n2) y1.
have C1 : y1 \in C by apply: stay => //; [apply: pw | apply: grade_wpow].
have C2 : y2 \in C by apply: stay => //; [apply: pw | apply: grade_wpow].
apply: (addIr (- c)); rewrite H2; last exact: stay.
rewrite H1 // mulrCA -H2 // i2; last by case/HC: C1.
by rewrite -H1 // i1.
Qed.

Lemma derived_grade i g : (i <= k)%N -> g \in G^`(i)%g -> exists2 w, stands w g & grade i w.
Proof.
elim: i g => [|i IH] g ik; first by move=> Gg; exists (phi g ++ e); [apply: stands_phi | move=> y _ l p].
rewrite dergSn => /gen_prodgP[n [c cin ->]]; have ik' := ltnW ik.
elim/big_rec: _ => [|j h _ [w Sw gw]]; first by exists [::]; [exact: stands_nil | move=> y].
suff [w' Sw' gw'] : exists2 w', stands w' (c j) & grade i.+1 w'.
  exists (w' ++ w); first exact: stands_cat.
  by apply: grade_cat => //; case: Sw'.
case/imset2P: (cin j) => g1 g2 /(IH _ ik')[w1 S1 r1] /(IH _ ik')[w2 S2 r2] ->.
have [n1 [T1 i1]] := stands_inv S1; have [n2 [T2 i2]] := stands_inv S2.
exists (wpow w1 n1 ++ wpow w2 n2 ++ w1 ++ w2).
  rewrite commgEl conjgE; apply: stands_cat => //; apply: stands_cat => //; exact: stands_cat.
by case: S1 S2 => [_ p1 _] [_ p2 _]; apply: grade_commutator.
Qed.

Lemma derived_trivial : (G^`(k) = 1)%g.
Proof.
apply/trivgP/subsetP => g /(derived_grade (leqnn k))[w Sw gw]; rewrite inE; apply/eqP.
by apply: stands1 Sw _ => y yY; have := tri.1 _ _ (gw _ yY).
Qed.

(** Where 1 and -1 are the only roots of 1, the square of a word of one grade is of the next. *)
Lemma grade_square i w : (forall (a : F) m, a ^+ m.+1 = 1 -> a ^+ 2 = 1) -> (i < k)%N -> permutes w -> grade i w -> grade i.+1 (w ++ w).
Proof.
move=> roots ik pw gw; have low : grade i (w ++ w) by apply: grade_cat.
move=> y yY l p; rewrite ltnS leq_eqVlt => /predU1P[->{l}|]; last exact: low.
apply/eqP; apply: (@classic_filter _ Y (agree i y)) => -[C uC HC]; apply/eqP.
have [c Hc] := mean_fixed p yY uC HC; have yC : y \in C by apply/HC.
have [a [b /(Hc _ _ _ pw gw) A]] := affine_word p y w ik; have [Yw _] := pw.
have stay t : t \in C -> go w t \in C.
  by move=> /HC[tY ta]; apply/HC; split; [apply: Yw | apply: agree_trans ta (gw _ tY)].
have It j : go (wpow w j) y \in C /\ coord i p (go (wpow w j) y) - c = a ^+ j * (coord i p y - c).
  elim: j => [|j [jC E]]; first by rewrite mul1r.
  by rewrite wpowSr go_cat; split; [apply: stay | rewrite A // E mulrA exprS].
have [M HM] := permutes_order pw; have [_] := It M.+1; rewrite HM // => E.
apply: (addIr (- c)); rewrite go_cat A ?stay // A // mulrA -expr2.
have [z0|z0] := eqVneq (coord i p y - c) 0; first by rewrite z0 mulr0.
by rewrite (roots a M) ?mul1r //; apply: (mulIf z0); rewrite mul1r -E.
Qed.

Lemma square_grade i g : (forall (a : F) m, a ^+ m.+1 = 1 -> a ^+ 2 = 1) -> (i <= k)%N -> g \in square_series G i ->
  exists2 w, stands w g & grade i w.
Proof.
move=> roots; elim: i g => [|i IH] g ik /=.
  by move=> Gg; exists (phi g ++ e); [apply: stands_phi | move=> y _ l p].
move=> /gen_prodgP[n [c cin ->]]; have ik' := ltnW ik.
elim/big_rec: _ => [|j h _ [w Sw gw]]; first by exists [::]; [exact: stands_nil | move=> y].
case/imsetP: (cin j) => x /(IH _ ik')[w' Sw' gw'] ->; exists ((w' ++ w') ++ w).
  by apply: stands_cat => //; rewrite expgS expg1; apply: stands_cat.
have [_ pw' _] := Sw'; apply: grade_cat => //; first exact: permutes_cat.
exact: grade_square.
Qed.

Lemma square_trivial : (forall (a : F) m, a ^+ m.+1 = 1 -> a ^+ 2 = 1) -> square_series G k \subset [1]%g.
Proof.
move=> roots; apply/subsetP => g /(square_grade roots (leqnn k))[w Sw gw]; rewrite inE; apply/eqP.
by apply: stands1 Sw _ => y yY; have := tri.1 _ _ (gw _ yY).
Qed.

(** Some levels turn by a number that does not depend on the letter; on the others the factors are of a set [pos] in which no number but 1
    is a root of 1. *)
Section Mixed.
Variables (const : pred nat) (turn : nat -> nat * nat -> F) (pos : F -> Prop).
Hypotheses (pos1 : pos 1) (pos_mul : forall a b, pos a -> pos b -> pos (a * b)).
Hypothesis pos_root : forall a n, pos a -> a ^+ n.+1 = 1 -> a = 1.
Hypothesis mixed : forall i p s x, (i < k)%N -> exists a b,
  (forall t, agree i s t -> coord i p (next t x) = a * coord i p t + b) /\ (if const i then a = turn i p else pos a).

Lemma mixed_word i p s w : (i < k)%N -> exists a b,
  (forall t, agree i s t -> coord i p (go w t) = a * coord i p t + b) /\ (if const i then a = turn i p ^+ size w else pos a).
Proof.
move=> ik; elim: w s => [|x w IH] s /=.
  by exists 1, 0; split=> [t _|]; [rewrite mul1r addr0 | case: (const i)].
have [a [b [H Ha]]] := mixed p s x ik; have [a' [b' [H' Ha']]] := IH (next s x).
exists (a' * a), (a' * b + b'); split=> [t E|].
  by rewrite H'; [rewrite H // mulrDr mulrA addrA | apply: agree_next => //; apply: ltnW].
by case: (const i) Ha Ha' => [-> ->|pa pa']; [rewrite exprSr | apply: pos_mul].
Qed.

Lemma same_length_trivial n : (forall g, g \in G -> size (phi g) = n) -> G :=: 1%g.
Proof.
move=> len; apply/trivgP/subsetP => g Gg; rewrite inE; apply/eqP; have G1 := group1 G.
have S1 := stands_phi G1; have Sg := stands_phi Gg; set w1 := phi 1%g ++ e in S1; set wg := phi g ++ e in Sg.
have [N HN] : exists N, forall y, y \in Y -> go (wpow w1 N.+1) y = y by apply: permutes_order; case: S1.
set w := wg ++ wpow w1 N; set w' := wpow w1 N.+1 in HN.
have sw : size w = size w' by rewrite /w /w' wpowS !size_cat !len.
have S : stands w g by have := stands_cat Sg (stands_wpow N S1); rewrite expg1n mulg1.
have pw : permutes w by case: S.
have pw' : permutes w' by case: (stands_wpow N.+1 S1).
suff gr i : (i <= k)%N -> grade i w.
  by apply: (stands1 S) => y yY; have := tri.1 _ _ (gr k (leqnn k) y yY).
elim: i => [|i IH] ik; first by move=> y _ l p.
have gw := IH (ltnW ik); move=> y yY l p; rewrite ltnS leq_eqVlt => /predU1P[->{l}|]; last exact: gw.
have gw' : grade i w' by move=> t tY; rewrite HN.
apply/eqP; apply: (@classic_filter _ Y (agree i y)) => -[C uC HC]; apply/eqP.
have [c Hc] := mean_fixed p yY uC HC; have yC : y \in C by apply/HC.
have [a [b [H Ha]]] := mixed_word p y w ik; have A := Hc _ _ _ pw gw H.
have [a' [b' [H' Ha']]] := mixed_word p y w' ik; have A' := Hc _ _ _ pw' gw' H' y yC; rewrite HN // in A'.
apply: (addIr (- c)); rewrite (A y yC).
case: (const i) Ha Ha' => [-> E'|pa _]; first by rewrite sw -E' -A'.
have [M HM] := permutes_order pw; have [Yw _] := pw.
have It j : go (wpow w j) y \in C /\ coord i p (go (wpow w j) y) - c = a ^+ j * (coord i p y - c).
  elim: j => [|j [jC E]]; first by rewrite mul1r.
  rewrite wpowSr go_cat; split; last by rewrite A // E mulrA exprS.
  by have /HC[jY ja] := jC; apply/HC; split; [apply: Yw | apply: agree_trans ja (gw _ jY)].
have [_] := It M.+1; rewrite HM // => E; have [z0|z0] := eqVneq (coord i p y - c) 0; first by rewrite z0 mulr0.
by rewrite (pos_root pa (n := M)) ?mul1r //; apply: (mulIf z0); rewrite mul1r -E.
Qed.
End Mixed.
End Minimal.

(** By descent there is a word of the class of the unit with a least image. *)
Lemma descent (goal : bool) :
  (forall e, cong e (phi 1%g) ->
    (forall w g, g \in G -> cong w (phi g) -> (size (img e) <= size (img (w ++ e)))%N) -> goal) ->
  forall e, cong e (phi 1%g) -> goal.
Proof.
move=> Hgoal e; have [m] := ubnP (size (img e)); elim: m e => // m IH e Hm He.
pose smaller (wg : seq I * gT) := [/\ wg.2 \in G, cong wg.1 (phi wg.2) & (size (img (wg.1 ++ e)) < size (img e))%N].
apply: (@classic_pick _ smaller) => -[[[w g] [/= Gg cw lt]]|none]; last first.
  apply: (Hgoal e He) => w g Gg cw; rewrite leqNgt; apply/negP => lt.
  by apply: (none (w, g)).
have cwe : cong (w ++ e) (phi g) by have := cong_mul Gg (group1 G) cw He; rewrite mulg1.
have G0 := cardG_gt0 G.
apply: (IH (wpow (w ++ e) #|G|)); last first.
  by have := cong_wpow #|G|.-1 Gg cwe; rewrite prednK // expg_cardG.
apply: leq_trans (leq_trans lt _); last by rewrite -ltnS.
rewrite ltnS -(prednK G0) wpowS; set w' := wpow _ _.
have -> : size (img (w ++ e)) = size (map (go w') (img (w ++ e))) by rewrite size_map.
apply: uniq_leq_size => [|y]; first exact: undup_uniq.
rewrite mem_undup => /mapP[s sX ->]; rewrite go_cat; apply: map_f.
by rewrite mem_undup map_f.
Qed.
End Group.

(** A group in the syntactic monoid, with a word of the class of the unit that is not empty, if the group is not trivial. *)
Section Conclusions.
Variables (L : seq I -> bool) (out : space T -> I -> bool) (X : seq (space T)).
Hypothesis char0 : [char F] =i pred0.
Hypothesis inX : forall u, go u (first T) \in X.
Hypothesis HL : forall u x, L (rcons u x) = out (go (rcons u x) (first T)) x.
Variables (gT : finGroupType) (G : {group gT}) (phi : gT -> seq I).
Hypothesis phiM : {in G &, forall g h, congruent L (phi (g * h)%g) (phi g ++ phi h)}.
Hypothesis phi_inj : {in G &, forall g h, congruent L (phi g) (phi h) -> g = h}.

Lemma unit_word : G :=: 1%g \/ exists z a0, congruent L (rcons z a0) (phi 1%g).
Proof.
have [/existsP[g /andP[Gg ng]]|] := boolP [exists g, (g \in G) && ~~ nilp (phi g)]; last first.
  rewrite negb_exists => /forallP nil; left; apply/trivgP/subsetP => g Gg; rewrite inE; apply/eqP; apply: phi_inj => //.
  have N h : h \in G -> phi h = [::] by move=> Gh; have := nil h; rewrite Gh /= negbK => /nilP.
  by rewrite !N.
right; have c2 : congruent L (phi g^-1%g ++ phi g) (phi 1%g).
  by move=> u v; rewrite -(mulVg g) phiM // groupV.
case/lastP: (phi g) ng c2 => // w a _; rewrite -rcons_cat => c2; by exists (phi g^-1%g ++ w), a.
Qed.

Lemma reached : classically (exists X' : seq (space T), forall s, s \in X' <-> exists u, s = go u (first T)).
Proof.
move=> b Hb; apply: (@classic_filter _ X (fun s => exists u, s = go u (first T))) => -[X' _ HX'].
by apply: Hb; exists X' => s; rewrite HX'; split=> [[]//|[u ->]]; split=> //; exists u.
Qed.

Lemma derived_length_of : (G^`(k) = 1)%g.
Proof.
apply/eqP; apply: reached => -[X' HX]; have [G1|[z [a0 Hz]]] := unit_word.
  by apply/eqP/trivgP; apply: (subset_trans (der_sub _ _)); rewrite G1.
apply: (@descent _ _ G phi phiM X' _ _ (phi 1%g)) => // e He least; apply/eqP.
exact: (derived_trivial char0 HL phiM phi_inj HX Hz He least).
Qed.

Lemma square_length_of : (forall (a : F) m, a ^+ m.+1 = 1 -> a ^+ 2 = 1) -> square_series G k \subset [1]%g.
Proof.
move=> roots; apply: reached => -[X' HX]; have [G1|[z [a0 Hz]]] := unit_word.
  rewrite G1; elim: (k) => [|i IH] /=; first exact: subxx.
  by rewrite gen_subG; apply/subsetP => _ /imsetP[x /(subsetP IH)/set1gP -> ->]; rewrite expg1n inE.
apply: (@descent _ _ G phi phiM X' _ _ (phi 1%g)) => // e He least.
exact: (square_trivial char0 HL phiM phi_inj HX Hz He least).
Qed.

Lemma same_length_of (const : pred nat) (turn : nat -> nat * nat -> F) (pos : F -> Prop) n :
  pos 1 -> (forall a b, pos a -> pos b -> pos (a * b)) -> (forall a m, pos a -> a ^+ m.+1 = 1 -> a = 1) ->
  (forall i p s x, (i < k)%N -> exists a b,
    (forall t, agree i s t -> coord i p (next t x) = a * coord i p t + b) /\ (if const i then a = turn i p else pos a)) ->
  (forall g, g \in G -> size (phi g) = n) -> G :=: 1%g.
Proof.
move=> p1 pM pR mx len; apply/eqP; apply: reached => -[X' HX]; have [G1|[z [a0 Hz]]] := unit_word; first by rewrite G1.
apply: (@descent _ _ G phi phiM X' _ _ (phi 1%g)) => // e He least; apply/eqP.
exact: (same_length_trivial char0 HL phiM phi_inj HX Hz He least p1 pM pR mx len).
Qed.
End Conclusions.

Theorem derived_length (L : seq I -> bool) (out : space T -> I -> bool) (X : seq (space T)) :
  [char F] =i pred0 -> (forall u, go u (first T) \in X) ->
  (forall u x, L (rcons u x) = out (go (rcons u x) (first T)) x) ->
  forall (gT : finGroupType) (G : {group gT}), group_in_syntactic_monoid L G -> (G^`(k) = 1)%g.
Proof. by move=> ch inX HL gT G [phi [phiM phi_inj]]; exact: (derived_length_of ch inX HL phiM phi_inj). Qed.
End Machine.
