(** * One layer at a time: what the checker's answer means

    [check_layers_sound]: if the checker says yes, the network - a stack of linear layers over [R], in exact arithmetic - and the automaton
    accept the same words, of every length. For rational numbers [R] is any ordered field, for those of a cyclotomic field any field of complex numbers
    with the root.

    Proof. After every word the state of each layer lies in a region such that the meets from context 0 up are listed, and the automaton's state is one that the last
    context means ([advance]): the letter's situation at level 0 leads, by rule 2 and the steps of the regions, to a situation of each level
    ([level_complete]); by rule 3 the next states lie in the regions stepped to ([region_stepE]). Boxes: |a d| <= |a| rho if -rho <= d <= rho and a is real
    ([segment_scale]); the order of [R] need not be total, and "-rho <= d <= rho" says that d is real. *)
From Coq Require Import NArith ZArith QArith Lia FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From Eigenmata Require Import Words Networks LinearLayers.
From Eigenmata Require Checker NumberField Layerwise.
From Eigenmata Require Import CheckerSound NumberFieldSound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Import Checker Layerwise.
Local Open Scope ring_scope.

(** ** Tables *)
Lemma find_add A (t : table A) k a k' : find (add_table k a t) k' = if N.eqb k k' then Some a else find t k'.
Proof.
rewrite /find /add_table; case: N.eqb_spec => [->|kk']; first by rewrite PositiveMap.gss.
by rewrite PositiveMap.gso // => E; apply: kk'; lia.
Qed.
Lemma find_map A B (f : A -> B) (t : table A) k : find (PositiveMap.map f t) k = option_map f (find t k).
Proof. by rewrite /find /PositiveMap.map PositiveMap.gmapi. Qed.

Section Sound.
Variable T : Type.
Variables (zero one : T) (opp : T -> T) (add mul : T -> T -> T).
Variables (div : T -> T -> option T) (eqb apart : T -> T -> bool) (leb : T -> T -> option bool).
Variables (R : numFieldType) (val : T -> R).
Hypothesis val0 : val zero = 0.
Hypothesis val1 : val one = 1.
Hypothesis valN : forall a, val (opp a) = - val a.
Hypothesis valD : forall a b, val (add a b) = val a + val b.
Hypothesis valM : forall a b, val (mul a b) = val a * val b.
Hypothesis valV : forall a b c, div a b = Some c -> val c = val a / val b.
Hypothesis eqbE : forall a b, eqb a b -> val a = val b.
Hypothesis apartE : forall a b, apart a b -> val a <> val b.
Hypothesis lebE : forall a b c, leb a b = Some c -> c = (val a <= val b).

Notation vec := (Checker.vec T).
Notation den := (den val).
Notation colv := (colv val).
Notation vadd := (vadd zero add eqb).
Notation apply := (apply zero opp add mul div eqb).

Lemma l_den_vadd x y i : den (vadd x y) i = den x i + den y i.
Proof. exact: den_vadd. Qed.
Lemma l_den_vscale c x i : den (vscale mul c x) i = val c * den x i.
Proof. exact: den_vscale. Qed.
Lemma l_applyE n A x y : apply n A x = Some y -> colv (N.to_nat n) y = matrix_of val n A *m colv (N.to_nat n) x.
Proof. exact: applyE. Qed.
Lemma l_dotE n v x s : dot zero add mul n v x = Some s ->
  val s = ((colv (N.to_nat n) v)^T *m colv (N.to_nat n) x) 0 0.
Proof. exact: dotE. Qed.
Lemma l_decodeE n d h s o : decode_vec zero add mul eqb apart leb n d h s = Some o ->
  decoder_fun val d (colv (N.to_nat n) h) s = o.
Proof. exact: decode_vecE. Qed.
Lemma l_entryE from d i : sorted from d -> val (entry zero d i) = den d i.
Proof. exact: entryE. Qed.

(** ** Segments *)
Definition segment (r d : R) : bool := (- r <= d) && (d <= r).

Lemma segment0 : segment 0 0. Proof. by rewrite /segment oppr0 lexx. Qed.
Lemma segment_add r s d e : segment r d -> segment s e -> segment (r + s) (d + e).
Proof. by move=> /andP[a b] /andP[c d']; rewrite /segment opprD !ler_add. Qed.
Lemma segment_le r s d : segment r d -> r <= s -> segment s d.
Proof.
move=> /andP[a b] rs; apply/andP; split; last exact: le_trans b rs.
by apply: le_trans a; rewrite ler_opp2.
Qed.
Lemma segment_opp r d : segment r d -> segment r (- d).
Proof. by case/andP=> a b; rewrite /segment ler_opp2 b ler_oppl a. Qed.
Lemma segment_scale r d a b : absolute zero opp leb a = Some b -> segment r d -> segment (r * val b) (d * val a).
Proof.
have pos c : 0 <= val c -> segment r d -> segment (r * val c) (d * val c).
  by move=> c0 /andP[lo hi]; rewrite /segment -mulNr !ler_wpmul2r.
rewrite /absolute; case E: (leb zero a) => [[]|] /=.
- by case=> <-; apply: pos; have := lebE E; rewrite val0.
- case F: (leb a zero) => [[]|] //= [<-] sd.
  have := lebE F; rewrite val0 => /esym a0.
  have := pos (opp a); rewrite valN oppr_ge0 => /(_ a0 sd)/segment_opp.
  by rewrite [d * - _]mulrN opprK.
- case F: (leb a zero) => [[]|] //= [<-] sd.
  have := lebE F; rewrite val0 => /esym a0.
  have := pos (opp a); rewrite valN oppr_ge0 => /(_ a0 sd)/segment_opp.
  by rewrite [d * - _]mulrN opprK.
Qed.

Lemma vabsoluteE x y r d i : vabsolute zero opp leb x = Some y -> segment r d -> segment (r * den y i) (d * den x i).
Proof.
move=> + sd; elim: x y => [|[j a] x IH] y /=.
  by case=> <-; rewrite !den_nil !mulr0 segment0.
case Ea: (absolute _ _ _ a) => [b|] //=; case Ex: (vabsolute _ _ _ x) => [z|] //= [<-].
rewrite !den_cons !mulrDr; apply: segment_add; last exact: IH.
case: (N.eqb j i); last by rewrite !mulr0 segment0.
exact: segment_scale Ea sd.
Qed.

(** ** Boxes *)
Definition in_box n (b : box T) (H : 'cV[R]_n) : Prop :=
  forall i : 'I_n, segment (den b.2 (N.of_nat i)) (H i 0 - den b.1 (N.of_nat i)).

Lemma den_entries from r p : sorted from r -> List.In p r -> den r p.1 = val p.2.
Proof.
elim: r from => [|[j a] r IH] from //= /andP[_ sr]; rewrite den_cons => -[<-|inr] /=.
  by rewrite N.eqb_refl (den_sorted val sr) ?addr0 //; lia.
rewrite (IH _ sr inr); case: N.eqb_spec => [E|_]; last by rewrite add0r.
suff : N.le (N.succ j) p.1 by lia.
elim: (r) (N.succ j) sr inr {IH} => [|[k b] s IHs] f //= /andP[/N.leb_spec0 fk ss] [<-|ins] //=.
by have := IHs _ ss ins; lia.
Qed.

Lemma sum_indices from r i (f : N -> R) : sorted from r ->
  \sum_(p <- r) (if N.eqb p.1 i then f p.1 else 0) = if has (fun p : N * T => N.eqb p.1 i) r then f i else 0.
Proof.
elim: r from => [|[j a] r IH] from /=; first by rewrite big_nil.
case/andP=> _ sr; rewrite big_cons /= (IH _ sr); case: N.eqb_spec => [E|_] /=; last by rewrite add0r.
suff -> : has (fun p : N * T => N.eqb p.1 i) r = false by rewrite addr0 E.
subst i; have := sr; elim: (r) (N.succ j) (N.lt_succ_diag_r j) {IH sr} => [|[k b] s IHs] g jg //= /andP[/N.leb_spec0 gk ss].
rewrite (IHs (N.succ k)) ?orbF //; last by lia.
by apply/negP => /N.eqb_spec; lia.
Qed.

Lemma den_absent r i : has (fun p : N * T => N.eqb p.1 i) r = false -> den r i = 0.
Proof.
elim: r => [|[j a] r IH] /=; first by rewrite den_nil.
by rewrite den_cons; case: (N.eqb j i) => //= /IH ->; rewrite addr0.
Qed.

Section Image.
Variable n : N.
Let m := N.to_nat n.

Definition unit_vector (j : N) : 'cV[R]_m := colv m [:: (j, one)].

Lemma box_radiusE A r s (f : N -> R) : box_radius zero one opp add mul div eqb leb n A r = Some s ->
  (forall p, List.In p r -> segment (val p.2) (f p.1)) ->
  forall i : 'I_m, segment (den s (N.of_nat i)) ((matrix_of val n A *m \sum_(p <- r) f p.1 *: unit_vector p.1) i 0).
Proof.
elim: r s => [|[j p] r IH] s /=.
  by case=> <- _ i; rewrite big_nil mulmx0 mxE den_nil segment0.
case Ec: (apply n A _) => [c|] //=; case Ea: (vabsolute _ _ _ c) => [a|] //=.
case Er: (box_radius _ _ _ _ _ _ _ _ _ _ _) => [t|] //= [<-] H i.
rewrite big_cons mulmxDr mxE l_den_vadd addrC l_den_vscale; apply: segment_add; last first.
  by apply: IH => // q inq; apply: H; right.
rewrite -scalemxAr mxE /= -(l_applyE Ec) mxE.
by apply: (vabsoluteE _ Ea); apply: (H (j, p)); left.
Qed.

Lemma box_imageE A b r r' (H : 'cV[R]_m) : well_formed n r.2 ->
  box_image zero one opp add mul div eqb leb n A b r = Some r' -> in_box r H ->
  in_box r' (matrix_of val n A *m H + colv m b).
Proof.
case: r => c r /= /andP[sr br]; rewrite /box_image /=.
case Ec: (apply n A c) => [c'|] //=; case Er: (box_radius _ _ _ _ _ _ _ _ _ _ _) => [s|] //= [<-] inb i /=.
pose D := H - colv m c.
pose f j : R := if insub (N.to_nat j) is Some k then D k 0 else 0.
have fE (k : 'I_m) : f (N.of_nat k) = D k 0 by rewrite /f Nat2N.id valK.
have Df (k : 'I_m) : D k 0 = H k 0 - den c (N.of_nat k) by rewrite !mxE.
have segf p : List.In p r -> segment (val p.2) (f p.1).
  move=> inp; have lt : (N.to_nat p.1 < m)%N.
    elim: (r) br inp => //= q s' IHs /andP[/N.ltb_spec0 lt bs] [<-|/(IHs bs)] //.
    by rewrite /m; lia.
  have := inb (Ordinal lt); rewrite /= N2Nat.id (den_entries sr inp).
  have -> : f p.1 = D (Ordinal lt) 0 by rewrite -fE /= N2Nat.id.
  by rewrite Df /= N2Nat.id.
have DE : D = \sum_(p <- r) f p.1 *: unit_vector p.1.
  apply/matrixP => k l; rewrite ord1 summxE.
  transitivity (\sum_(p <- r) (if N.eqb p.1 (N.of_nat k) then f p.1 else 0)); last first.
    apply: eq_bigr => p _; rewrite !mxE den_cons den_nil addr0 val1.
    by case: (N.eqb _ _); rewrite ?mulr1 ?mulr0.
  rewrite (sum_indices _ f sr) fE; case: ifP => // /den_absent d0.
  have := inb k; rewrite /= d0 -Df /segment oppr0 => /andP[lo hi].
  by apply/eqP; rewrite eq_le hi lo.
have -> : (matrix_of val n A *m H + colv m b) i 0 - den (vadd c' b) (N.of_nat i) = (matrix_of val n A *m D) i 0.
  rewrite /D mulmxBr -(l_applyE Ec); move: (_ *m H) => AH; rewrite !mxE l_den_vadd /=.
  by rewrite opprD addrACA subrr addr0.
by rewrite DE; apply: box_radiusE Er segf i.
Qed.
End Image.

Lemma known_le a b : known (leb a b) -> val a <= val b.
Proof. by rewrite /known; case E: (leb a b) => [[]|] // _; rewrite -(lebE E). Qed.

Lemma good_nonneg r i : List.forallb (fun p : N * T => known (leb zero p.2)) r -> 0 <= den r i.
Proof.
elim: r => [|[j a] r IH] /=; first by rewrite den_nil.
case/andP=> /known_le; rewrite val0 den_cons => a0 /IH d0; apply: addr_ge0 => //.
by case: (N.eqb j i).
Qed.

Lemma below_entries from s r i : sorted from s -> sorted 0 r -> 0 <= den r i ->
  List.forallb (fun p : N * T => known (leb p.2 (entry zero r p.1))) s -> den s i <= den r i.
Proof.
move=> + sr r0; elim: s from => [|[j a] s IH] from /=; first by rewrite den_nil.
case/andP=> _ ss /andP[/known_le le /(IH _ ss) IHs]; rewrite den_cons.
case: N.eqb_spec => [ji|_]; last by rewrite add0r.
by rewrite (den_sorted val ss) ?addr0; [rewrite -ji -(l_entryE _ sr) | lia].
Qed.

Lemma insideE n b b' (H : 'cV[R]_n) : inside zero one opp add mul eqb leb b b' ->
  sorted 0 b'.2 -> List.forallb (fun p : N * T => known (leb zero p.2)) b'.2 -> in_box b H -> in_box b' H.
Proof.
rewrite /inside; case Ea: (vabsolute _ _ _ _) => [a|] // /andP[ss le] sr r0 inb i.
have one_one : segment 1 1 by rewrite /segment lexx andbT -subr_ge0 opprK addr_ge0 ?ler01.
have := segment_add (vabsoluteE (N.of_nat i) Ea one_one) (inb i).
rewrite !mul1r l_den_vadd l_den_vscale valN val1 mulN1r => sd.
have := below_entries ss sr (good_nonneg (N.of_nat i) r0) le; rewrite l_den_vadd => /(segment_le sd).
by rewrite addrC addrA subrK.
Qed.

(** ** Decoders *)
Lemma count_betweenE low high ts k o v : count_between leb low high ts k = Some o ->
  val low <= v -> v <= val high ->
  List.fold_left (fun k t => if val t <= v then N.succ k else k) ts k = o.
Proof.
move=> + lo hi; elim: ts k => [|t ts IH] k /=; first by case.
case E: (leb t low) => [b|] //=; case F: (leb t high) => [c|] //=.
case: Bool.eqb_spec => // bc /IH <-; congr (List.fold_left _ _ _).
have := lebE E; have := lebE F; rewrite -bc; case: b {E F bc} => Eh El.
  by rewrite (le_trans _ lo) -?El.
by case: ifP => // tv; move: Eh; rewrite (le_trans tv hi).
Qed.

Lemma readoutE n r b o (H : 'cV[R]_(N.to_nat n)) :
  read_box zero opp add mul leb n r b = Some o -> in_box b H -> readout_of val r H = Some o.
Proof.
rewrite /read_box; case: b => c r' /=; case Em: (dot _ _ _ _ _ c) => [m|] //=.
case Ew: (vabsolute _ _ _ _) => [w|] //=; case Er: (dot _ _ _ _ w r') => [s|] //=.
case Ec: (count_between _ _ _ _ _) => [k|] //= <- inb; rewrite /readout_of; congr (find _ _).
set v := ((colv _ (weights r))^T *m H) 0 0.
have : segment (val s) (v - val m).
  rewrite (l_dotE Er) (l_dotE Em) /v !mxE -sumrB.
  have := inb; rewrite /in_box /=; move: (N.to_nat n) H {v Em Er inb} => k0 H inb.
  apply: (big_ind2 segment) => [||i _]; [exact: segment0 | by move=> x1 x2 y1 y2 H1 H2; apply: segment_add |].
  rewrite !mxE -mulrBr ![den (weights r) _ * _]mulrC [den w _ * _]mulrC.
  exact: vabsoluteE Ew (inb i).
case/andP=> lo hi; apply: count_betweenE Ec _ _; rewrite !valD ?valN.
  by rewrite addrAC ler_add2r; move: lo; rewrite ler_subr_addl.
by rewrite [X in _ <= X]addrAC ler_add2r -ler_subl_addl.
Qed.

Lemma in_point n c (H : 'cV[R]_n) : in_box (c, [::]) H -> H = colv n c.
Proof.
move=> inb; apply/matrixP => i j; rewrite ord1 mxE.
have := inb i; rewrite /= den_nil /segment oppr0 => /andP[lo hi].
by apply/eqP; rewrite -subr_eq0 eq_le hi lo.
Qed.

Lemma decode_boxE n d b s o (H : 'cV[R]_(N.to_nat n)) :
  decode_box zero opp add mul eqb apart leb n d b s = Some o -> in_box b H -> decoder_fun val d H s = o.
Proof.
case: b => c [|q r]; rewrite /decode_box /=; first by move=> E /in_point ->; apply: l_decodeE E.
case: d => [rd|rs|rows] //.
  by move=> E inb; rewrite /decoder_fun (readoutE E inb).
rewrite /decoder_fun; case: (find rs s) => [rd|] //= E inb; by rewrite (readoutE E inb).
Qed.

(** ** Layers *)
Notation region_layer := (region_layer T).
Notation check_region_step := (check_region_step zero one opp add mul div eqb apart leb).
Notation checked_steps := (checked_steps zero one opp add mul div eqb apart leb).
Notation layer_of := (CheckerSound.layer_of val).

Definition in_region (L : region_layer) (r : N) (H : 'cV[R]_(N.to_nat (dimension (base L)))) : Prop :=
  exists2 b, find (regions L) r = Some b & in_box b H.
Arguments in_region : clear implicits.

Lemma region_stepE L t o H : check_region_step L t = Some o -> in_region L (from t) H ->
  let H' := transition (layer_of (base L)) (symbol t) *m H + input (layer_of (base L)) (symbol t) in
  in_region L (to t) H' /\ decode (layer_of (base L)) H' (symbol t) = o.
Proof.
rewrite /check_region_step => + [b Eb inb]; rewrite Eb /=.
case Er: (find _ (to t)) => [b'|] //=; case Em: (find _ (symbol t)) => [[A c]|] //=.
case: ifP => // /andP[/andP[/andP[_ wf] _] /andP[/andP[_ /andP[sr' _]] nonneg]].
case Ei: (box_image _ _ _ _ _ _ _ _ _ _ _ _) => [b''|] //=; case: ifP => // Hin Ed.
have := box_imageE wf Ei inb; rewrite /map_of Em /= => inb''.
split; last exact: decode_boxE Ed inb''.
by exists b' => //; apply: insideE Hin sr' nonneg inb''.
Qed.

Lemma step_ofE L r s r' o : step_of (checked_steps L) r s = Some (r', o) ->
  exists t, [/\ from t = r, symbol t = s, to t = r' & check_region_step L t = Some o].
Proof.
rewrite /step_of /checked_steps find_map; case: (find _ r) => [row|] //=.
rewrite find_map; case: (find row s) => [t|] //=.
case: ifP => // /andP[/N.eqb_spec <- /N.eqb_spec <-]; case E: (check_region_step L t) => [o'|] //= [<- <-].
by exists t.
Qed.

Lemma meets_ofE (L : region_layer) c r c' : meet L c r = Some c' -> List.In (r, c') (meets_of L c).
Proof.
rewrite /meet /meets_of; case: (find _ c) => [row|] //=; case E: (find row r) => [[r0 c0]|] //=.
case: N.eqb_spec => // Er [<-]; subst r0; apply/List.in_map_iff.
by exists (N.succ_pos r, (r, c0)); split => //; apply: PositiveMap.elements_correct.
Qed.

(** Lists without repetitions. *)
Definition recorded (acc : situations) := forall k t, find acc.2 k = Some t -> List.In t acc.1.
Lemma insertE key acc s : recorded acc ->
  [/\ recorded (insert key acc s), List.In s (insert key acc s).1
    & forall t, List.In t acc.1 -> List.In t (insert key acc s).1].
Proof.
move=> ra; rewrite /insert; case E: (find acc.2 (key s)) => [t|].
  case: ifP => [|_].
    case: s t E => [x c c' o] [x' d d' o'] E; rewrite /same_situation /=.
    case/andP=> /andP[/andP[/N.eqb_spec -> /N.eqb_spec ->] /N.eqb_spec ->] /N.eqb_spec ->.
    by split => //; apply: ra E.
  by split=> [k u /= /ra|/=|/=]; [right | left | move=> u; right].
split=> [k u /=|/=|/=]; [| by left | by move=> u; right].
by rewrite find_add; case: ifP => [_ [<-]|_ /ra]; [left | right].
Qed.
Lemma inserts key l acc : recorded acc -> let acc' := List.fold_left (insert key) l acc in
  [/\ recorded acc', forall s, List.In s l -> List.In s acc'.1 & forall t, List.In t acc.1 -> List.In t acc'.1].
Proof.
elim: l acc => [|s l IH] acc ra /=; first by split.
have [ra1 ins1 keep1] := insertE key s ra; have [ra2 ins2 keep2] := IH _ ra1.
by split=> // t; [case=> [<-|/ins2 //]; apply: keep2 | move/keep1/keep2].
Qed.

Lemma all_knownE A B (f : A -> option B) l bs : all_known f l = Some bs ->
  forall a, List.In a l -> exists2 b, f a = Some b & List.In b bs.
Proof.
elim: l bs => [|a l IH] bs //=; case E: (f a) => [b|] //=; case F: (all_known f l) => [cs|] //= [<-] x.
by case=> [<-|/(IH _ F)[b' Eb' inb']]; [exists b => //; left | exists b' => //; right].
Qed.

Lemma level_complete letters L below out s r c :
  level zero one opp add mul div eqb apart leb letters L below = Some out ->
  List.In s below -> meet L (before s) r = Some c ->
  exists t o c', [/\ from t = r, symbol t = says s, check_region_step L t = Some o,
    meet L (after s) (to t) = Some c' & List.In (Situation (letter s) c c' o) out].
Proof.
rewrite /level; set key := fun s : situation => _; set f := follow _ _.
set g := fun acc s => _.
have gN l : List.fold_left g l None = None by elim: l.
suff main l acc acc' : recorded acc -> List.fold_left g l (Some acc) = Some acc' ->
    (forall t, List.In t acc.1 -> List.In t acc'.1) /\
    forall s, List.In s l -> forall m, List.In m (meets_of L (before s)) ->
      exists2 t, f s m = Some t & List.In t acc'.1.
  case E: (List.fold_left _ _ _) => [acc'|] //= [<-] ins /meets_ofE inm.
  have [|_ H] := main below ([::], empty_table _) acc' _ E; first by move=> k t; rewrite /find PositiveMap.gempty.
  have [t] := H _ ins _ inm; rewrite {1}/f /follow /=.
  case Es: (step_of _ _ _) => [[r' o]|] //=; case Em: (meet _ _ r') => [c'|] //= [<-] int.
  have [u [Eu1 Eu2 Eu3 Eu4]] := step_ofE Es.
  by exists u, o, c'; rewrite Eu3.
elim: l acc => [|s0 l IH] acc ra /=; first by case=> <-; split.
case E: (all_known _ _) => [bs|] /=; last by rewrite gN.
have [ra1 ins1 keep1] := inserts key bs ra.
move=> /(IH _ ra1)[keep2 H]; split=> [t /keep1/keep2 //|s' [<-|ins'] m inm]; last exact: H.
by have [t Et /ins1/keep2 int] := all_knownE E inm; exists t.
Qed.

(** The layers' states after the word [w] lie in the regions [rs], and the meets from the context [c] up are listed. *)
Fixpoint stay (Ls : list region_layer) (rs : list N) (w : seq N) : Prop :=
  match Ls, rs with
  | [::], [::] => True
  | L :: Ls', r :: rs' =>
      in_region L r (run (layer_of (base L)) w (start (layer_of (base L))))
      /\ stay Ls' rs' (outputs (exact (layer_of (base L))) w)
  | _, _ => False
  end.
Fixpoint chain (Ls : list region_layer) (c : N) (rs : list N) : option N :=
  match Ls, rs with
  | [::], [::] => Some c
  | L :: Ls', r :: rs' => obind (fun c' => chain Ls' c' rs') (meet L c r)
  | _, _ => None
  end.

Lemma advance accept letters Ls rs w s last c :
  levels zero one opp add mul div eqb apart leb letters Ls s.2 = Some last ->
  List.In s.1 s.2 -> stay Ls rs w -> chain Ls (before s.1) rs = Some c ->
  exists rs' c' o, [/\ stay Ls rs' (rcons w (says s.1)), chain Ls (after s.1) rs' = Some c',
    List.In (Situation (letter s.1) c c' o) last
    & net (network_of_layers val accept (List.map (@base T) Ls)) w (says s.1) = accept o].
Proof.
elim: Ls rs w s last c => [|L Ls IH] [|r rs] w [s below] last c //=.
  move=> [<-] ins _ [<-]; exists [::], (after s), (says s); split=> //.
  by case: (s) ins.
case El: (level _ _ _ _ _ _ _ _ _ _ _ _) => [out|] //= Els ins [inr st].
case Em: (meet L (before s) r) => [c1|] //= Ech.
have [t [o [c' [Ef Es Ec Em' ins']]]] := level_complete El ins Em.
have := region_stepE Ec; rewrite Ef => /(_ _ inr); rewrite Es => -[inr' Eo].
have Eout : exact (layer_of (base L)) w (says s) = o by rewrite /exact run_rcons.
have [rs' [c2 [o2 [st' Ech' ins2 En]]]] := IH _ _ (Situation (letter s) c1 c' o, out) _ _ Els ins' st Ech.
exists (to t :: rs'), c2, o2; rewrite /= Em' outputs_rcons Eout; split=> //.
  by split=> //; rewrite run_rcons.
by rewrite /compose Eout.
Qed.

Definition layers_network (C : layers_certificate T) : network N bool :=
  network_of_layers val (accepts_l C) (List.map (@base T) (l_layers C)).

Lemma letter_situationsE n x : N.lt x n -> List.In (Situation x N0 N0 x) (letter_situations n).
Proof.
rewrite /letter_situations; set step := fun p : N * list situation => _.
have fst_ m : (N.iter m step (0%num, [::])).1 = m.
  elim/N.peano_ind: m => // m IH; rewrite N.iter_succ /=.
  by case: (N.iter m step _) IH => a b /= ->.
elim/N.peano_ind: n => [|n IH] lt; first by lia.
rewrite N.iter_succ; have := fst_ n; case E: (N.iter n step _) IH => [a b] /= IH ->.
have [xn| ->] : N.lt x n \/ x = n by lia.
  by right; apply: IH.
by left.
Qed.

Lemma start_contextE Ls c c' : start_context zero one opp add mul eqb leb Ls c = Some c' ->
  exists rs, stay Ls rs [::] /\ chain Ls c rs = Some c'.
Proof.
elim: Ls c => [|L Ls IH] c /=; first by case=> <-; exists [::].
case: ifP => // Hs; case Em: (meet L c _) => [c1|] //= /IH[rs [st Ech]].
exists (start_region L :: rs); rewrite /= Em; split=> //; split=> //.
move: Hs; rewrite /check_start_region; case Er: (find _ _) => [b|] //.
case/andP=> /andP[/andP[_ /andP[sr _]] nonneg] Hin; exists b => //.
apply: insideE Hin sr nonneg _ => i /=.
by rewrite den_nil mxE subrr segment0.
Qed.

Theorem check_layers_correct (C : layers_certificate T) :
  check_layers zero one opp add mul div eqb apart leb C ->
  (forall w x, all (fun y => N.ltb y (l_letters C)) (rcons w x) ->
     net (layers_network C) w x = automaton_accepts (l_automaton C) (rcons w x)) /\
  l_accept_empty C = automaton_accepts (l_automaton C) [::].
Proof.
rewrite /check_layers /layers_network; case Es: (start_context _ _ _ _ _ _ _ _ _) => [c0|] //.
case El: (levels _ _ _ _ _ _ _ _ _ _ _ _) => [last|] //.
case/andP => /andP[ok0 /Bool.eqb_prop He] Hl; split=> //.
have situationE s : List.In s last -> check_situation C s by move/List.forallb_forall: Hl; apply.
have step w x rs c q : N.ltb x (l_letters C) -> stay (l_layers C) rs w -> chain (l_layers C) N0 rs = Some c ->
    allows C c q -> exists rs' c' o q',
    [/\ stay (l_layers C) rs' (rcons w x), chain (l_layers C) N0 rs' = Some c', next_state (l_automaton C) q x = Some q',
        allows C c' q' /\ accepts_l C o = accepting_state (l_automaton C) q'
      & net (network_of_layers val (accepts_l C) (List.map (@base T) (l_layers C))) w x = accepts_l C o].
  move=> /N.ltb_spec0/letter_situationsE inx st Ech al.
  have [rs' [c' [o [st' Ech' ins En]]]] := advance (s := (Situation x N0 N0 x, _)) (accepts_l C) El inx st Ech.
  have := situationE _ ins; rewrite /check_situation /= => /andP[/List.forallb_forall H _].
  have inq : List.In q (meaning_of C c).
    by move: al; rewrite /allows => /List.existsb_exists[q0 [inq0 /N.eqb_spec ->]].
  have := H _ inq; case Eq: (next_state _ _ _) => [q'|] // /andP[al' /Bool.eqb_prop acc].
  by exists rs', c', o, q'.
have inv w : all (fun y => N.ltb y (l_letters C)) w -> exists rs c q,
    [/\ stay (l_layers C) rs w, chain (l_layers C) N0 rs = Some c, allows C c q
      & automaton_run (l_automaton C) w = Some q].
  elim/last_ind: w => [_|w x IH].
    by have [rs [st Ech]] := start_contextE Es; exists rs, c0, (initial_state (l_automaton C)).
  rewrite all_rcons => /andP[xk aw]; have [rs [c [q [st Ech al ar]]]] := IH aw.
  have [rs' [c' [o [q' [st' Ech' Eq [al' _] _]]]]] := step _ _ _ _ _ xk st Ech al.
  by exists rs', c', q'; split=> //; rewrite /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= Eq.
move=> w x; rewrite all_rcons => /andP[xk aw]; have [rs [c [q [st Ech al ar]]]] := inv w aw.
have [rs' [c' [o [q' [_ _ Eq [_ acc] ->]]]]] := step _ _ _ _ _ xk st Ech al.
by rewrite acc /automaton_accepts /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= Eq.
Qed.
End Sound.

(** ** Rational numbers, and those of a field *)
Theorem check_layers_sound (R : numFieldType) (C : layers_certificate Q) : check_layers_rational C ->
  (forall w x, all (fun y => N.ltb y (l_letters C)) (rcons w x) ->
     net (layers_network (q_value R) C) w x = automaton_accepts (l_automaton C) (rcons w x)) /\
  l_accept_empty C = automaton_accepts (l_automaton C) [::].
Proof.
have v0 : q_value R (Qmake Z0 xH) = 0 by rewrite /q_value z_value0 mul0r.
have v1 : q_value R (Qmake (Zpos xH) xH) = 1 by rewrite q_value_int.
have eqE a b : q_eqb a b -> q_value R a = q_value R b by rewrite (q_value_eq R) => /eqP.
have apartE a b : ~~ q_eqb a b -> q_value R a <> q_value R b by rewrite (q_value_eq R) => /eqP.
have leE a b c : Some (q_leb a b) = Some c -> c = (q_value R a <= q_value R b) by case=> <-; apply: q_value_le.
have divE a b c : Some (q_div a b) = Some c -> q_value R c = q_value R a / q_value R b by case=> <-; apply: q_divE.
exact: (check_layers_correct v0 v1 (q_oppE R) (q_addE R) (q_mulE R) divE eqE apartE leE).
Qed.

Theorem check_layers_complex_sound (R : numFieldType) (lead : positive) (tail : list Z) inv (a : R)
    (C : layers_certificate NumberField.residue) :
  z_value R (Zpos lead) * a ^+ size tail = at_root a tail ->
  check_layers_residues (NumberField.complex_field lead tail inv) C ->
  (forall w x, all (fun y => N.ltb y (l_letters C)) (rcons w x) ->
     net (layers_network (f_value a) C) w x = automaton_accepts (l_automaton C) (rcons w x)) /\
  l_accept_empty C = automaton_accepts (l_automaton C) [::].
Proof.
set F := NumberField.complex_field _ _ _ => root.
have enclosed : enclose F a 0 (NumberField.enclosures F) by [].
have v0 : f_value a ([::], xH) = 0 by rewrite /f_value /= mul0r.
exact: (check_layers_correct v0 (f_value1 a) (f_oppE a) (f_addE a) (f_mulE (F := F) root)
  (f_divE (F := F) root) (@f_eqbE R a) (f_apartE (F := F) root) (f_lebE enclosed)).
Qed.
