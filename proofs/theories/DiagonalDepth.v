(** * Which groups complex diagonal layers track: derived length is depth

    Diagonal layers over a field of characteristic 0 (the complex numbers), entries of any modulus, exact arithmetic, in each layer
    finitely many states. Proved here:
    - [diagonal_derived_length]: every group in the syntactic monoid of a language that [k] such layers recognise is
      solvable, of derived length at most [k];
    - [real_diagonal_squares]: with real entries it is a 2-group, and the series of the groups that squares generate ends after [k]
      steps (for 2-groups this is the Frattini series);
    - [solvable_layers]: conversely [k] layers, entries of modulus 1 and no input, track every group of derived length at
      most [k];
    - [depth_law]: so the word problem of a finite group is recognised by [k] such layers if and only if the derived
      length is at most [k] (Shakerinava et al.; here for finitely many states); [one_layer_abelian]: by one layer if and only if the
      group is Abelian.

    Proofs. Upper bound: the joint state is a machine of [TriangularGroups]; what a layer reads is decided by the layers below.
    Lower bound: for an Abelian group the coordinates are its characters. Else the first layer keeps the coset [c] of
    the derived group, hands on [r c * x * (r c')^-1], an element of it, for the letter [x], which leads from [c] to [c'], [r c] a fixed
    element of [c]; the layers above multiply these. The old [c] is the new one turned back. *)
From mathcomp Require Import all_ssreflect all_fingroup all_solvable all_algebra all_field all_character.
From Eigenmata Require Import Words Networks LinearLayers Settling TriangularGroups.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition diagonal (R : ringType) I O (L : linear_layer R I O) := forall x, exists d, transition L x = diag_mx d.

(** ** Upper bound *)
Section Upper.
Variable F : fieldType.

(** Each layer is diagonal and has finitely many states, on the words that the layers below produce. *)
Fixpoint diagonal_on_finite_orbits I O (D : seq I -> Prop) (N : network I O) : Prop :=
  match N in network I O return (seq I -> Prop) -> Prop with
  | Decode _ _ _ => fun _ => True
  | Stack I' M' _ f N' => fun D =>
      (exists L : linear_layer F I' M', [/\ f =2 exact L, diagonal L & finite_orbit L D])
      /\ diagonal_on_finite_orbits (image f D) N'
  end D.

(** The entry at a pair of numbers, 0 outside the matrix. *)
Definition entry n m (H : 'M[F]_(n, m)) (p : nat * nat) : F :=
  match insub p.1, insub p.2 with Some i, Some j => H i j | _, _ => 0 end.

Lemma entryE n m (H : 'M[F]_(n, m)) (i : 'I_n) (j : 'I_m) : entry H (val i, val j) = H i j.
Proof. by rewrite /entry /= !valK. Qed.

Lemma matrices_in n m (S : seq F) : exists X : seq 'M[F]_(n, m), forall H : 'M_(n, m), (forall i j, H i j \in S) -> H \in X.
Proof.
pose T := seq_sub_finType S.
exists [seq \matrix_(i, j) val (g (i, j) : T) | g : {ffun 'I_n * 'I_m -> T}] => H HS.
apply/mapP; exists [ffun p => (SeqSub (HS p.1 p.2) : T)]; first by rewrite mem_enum.
by apply/matrixP => i j; rewrite mxE ffunE.
Qed.

(** One layer below a machine. *)
Definition stack I M (L : linear_layer F I M) (T : machine F M) : machine F I :=
  @Machine F I [choiceType of 'M[F]_(rows L, cols L) * space T] (start L, first T)
    (fun s x => let H := transition L x *m s.1 + input L x in (H, next s.2 (decode L H x)))
    (fun l p s => if l is l'.+1 then coord l' p s.2 else entry s.1 p).

Lemma stack_triangular I M (L : linear_layer F I M) (T : machine F M) k :
  diagonal L -> triangular T k -> triangular (stack L T) k.+1.
Proof.
move=> Ld [sep aff]; split=> [[H s] [H' s'] E|[|i] p [H s] x ik].
- have -> : H = H' by apply/matrixP => i j; rewrite -!entryE; apply: (E 0%N (val i, val j)).
  by congr (_, _); apply: sep => l p lk; apply: (E l.+1 p).
- have [d Ed] := Ld x; rewrite /= /entry; case: insubP => [a _ _|_]; last first.
    by exists 0, 0 => t _; rewrite mul0r addr0.
  case: insubP => [b _ _|_]; last by exists 0, 0 => t _; rewrite mulr0 addr0.
  by exists (d 0 a), (input L x a b) => t _; rewrite Ed mul_diag_mx !mxE.
have [a [b Hab]] := aff i p s (decode L (transition L x *m H + input L x) x) ik.
exists a, b => -[H' t] E; have <- : H = H' by apply/matrixP => i' j'; rewrite -!entryE; apply: (E 0%N (val i', val j')).
by apply: Hab => l q li; apply: (E l.+1 q).
Qed.

Lemma stack_go I M (L : linear_layer F I M) (T : machine F M) u :
  go (T := stack L T) u (first (stack L T)) = (run L u (start L), go (outputs (exact L) u) (first T)).
Proof.
elim/last_ind: u => // u x IH; rewrite outputs_rcons -!cats1 !go_cat IH /= /exact.
by rewrite cats1 run_rcons.
Qed.

Lemma network_machine I O (N : network I O) D : diagonal_on_finite_orbits D N ->
  exists (T : machine F I) (out : space T -> I -> O) (X : seq (space T)),
  [/\ triangular T (depth N), forall u, D u -> go u (first T) \in X
    & forall u x, net N u x = out (go (rcons u x) (first T)) x].
Proof.
elim: N D => [I' O' h|I' M' O' f N IH] D /=.
  move=> _; pose T := @Machine F I' [choiceType of unit] tt (fun _ _ => tt) (fun _ _ _ => 0).
  exists T, (fun _ x => h x), [:: tt]; split=> //; by split=> // -[] [].
move=> [[L [Ef Ld [S HS]]] /IH[T [out [X [tri inX HN]]]]].
have [Y HY] := matrices_in (rows L) (cols L) S.
have Eo u : outputs (exact L) u = outputs f u by apply: eq_outputs => v x; rewrite Ef.
exists (stack L T), (fun s x => out s.2 (decode L s.1 x)), (allpairs pair Y X); split=> [|u Du|u x].
- exact: stack_triangular.
- rewrite stack_go Eo; apply: allpairs_f; first by apply: HY => i j; apply: HS.
  by apply: inX; exists u.
- by rewrite stack_go /= /compose HN Ef -[decode L _ x]/(exact L u x) Eo outputs_rcons Ef.
Qed.

Theorem diagonal_derived_length I (N : network I bool) (L : seq I -> bool) : [char F] =i pred0 ->
  diagonal_on_finite_orbits (@all_words I) N -> recognises N L ->
  forall (gT : finGroupType) (G : {group gT}), group_in_syntactic_monoid L G -> (G^`(depth N) = 1)%g.
Proof.
move=> ch /network_machine[T [out [X [tri inX HN]]]] rec gT G.
by apply: (derived_length tri ch (X := X) (out := out)) => [u|u x]; [apply: inX | rewrite -rec HN].
Qed.
End Upper.

(** Real entries: a 2-group, whose squares, their squares and so on end after as many steps as there are layers. *)
Theorem real_diagonal_squares (R : realFieldType) I (N : network I bool) (L : seq I -> bool) :
  diagonal_on_finite_orbits R (@all_words I) N -> recognises N L ->
  forall (gT : finGroupType) (G : {group gT}), group_in_syntactic_monoid L G ->
  (square_series G (depth N) \subset [1])%g /\ (2.-group G)%g.
Proof.
move=> /network_machine[T [out [X [tri inX HN]]]] rec gT G [phi [phiM phi_inj]].
have HL u x : L (rcons u x) = out (go (rcons u x) (first T)) x by rewrite -rec HN.
have roots (a : R) m : a ^+ m.+1 = 1 -> a ^+ 2 = 1.
  move=> /(congr1 (fun b => `|b|)); rewrite normrX normr1 => /eqP.
  by rewrite pexpr_eq1 ?normr_ge0 // => /eqP a1; rewrite -real_normK ?num_real // a1 expr1n.
have S := square_length_of tri (char_num R) (fun u => inX u Logic.I) HL phiM phi_inj roots.
split=> //; rewrite -pnat_exponent; apply: (@pnat_dvd _ (2 ^ depth N)); last by rewrite pnatX pnat_id.
by apply/exponentP => g Gg; apply/set1gP/(subsetP S)/square_series_power.
Qed.

(** ** Lower bound *)
Definition letters_product (gT : finGroupType) I (eta : I -> gT) (w : seq I) : gT := (\prod_(x <- w) eta x)%g.

Lemma letters_product_rcons (gT : finGroupType) I (eta : I -> gT) w x :
  letters_product eta (rcons w x) = (letters_product eta w * eta x)%g.
Proof. by rewrite /letters_product -cats1 big_cat big_seq1. Qed.

Lemma letters_product_in (gT : finGroupType) (G : {group gT}) I (eta : I -> gT) w :
  (forall x, eta x \in G) -> letters_product eta w \in G.
Proof. by move=> Ge; apply: group_prod. Qed.

(** Entries of modulus 1, no input, finitely many states. *)
Definition unit_diagonal I O (f : causal I O) := exists L : linear_layer algCring I O,
  [/\ f =2 exact L, forall x, exists2 d, transition L x = diag_mx d & forall i, `|d 0 i| = 1,
      forall x, input L x = 0 & finite_orbit L (@all_words I)].

Section Abelian.
Variables (gT : finGroupType) (G : {group gT}) (I O : Type) (eta : I -> gT) (dec : gT -> I -> O).
Hypotheses (aG : abelian G) (Ge : forall x, eta x \in G).

Definition characters (g : gT) : 'cV[algC]_(Nirr G) := \col_i 'chi[G]_i g.

Lemma linear i : 'chi[G]_i \is a linear_char.
Proof. by have /char_abelianP := aG; apply. Qed.

Lemma characters_inj : {in G &, injective characters}.
Proof.
move=> g h Gg Gh E; apply/eqP; rewrite eq_mulgV1; apply/eqP/set1gP; rewrite -(TI_cfker_irr G).
apply/bigcapP => i _; rewrite cfkerEchar ?irr_char // inE groupM ?groupV //=.
rewrite lin_charM ?lin_charV ?groupV ?linear // lin_char1 ?linear //.
have /matrixP/(_ i 0) := E; rewrite !mxE => ->.
by rewrite mulfV // lin_char_neq0 // linear.
Qed.

Definition character_layer : linear_layer algCring I O :=
  @LinearLayer algCring I O (Nirr G) 1 (fun x => diag_mx (\row_i 'chi[G]_i (eta x))) (fun _ => 0) (characters 1%g)
    (fun H x => dec (odflt 1%g [pick g in G | H == characters g]) x).

Lemma character_run w : run character_layer w (start character_layer) = characters (letters_product eta w).
Proof.
elim/last_ind: w => [|w x IH]; first by rewrite /letters_product big_nil.
rewrite run_rcons IH /= addr0 letters_product_rcons mul_diag_mx; apply/matrixP => i j.
by rewrite !mxE lin_charM ?linear // ?letters_product_in // mulrC.
Qed.

Lemma abelian_layer : unit_diagonal (fun w x => dec (letters_product eta (rcons w x)) x).
Proof.
exists character_layer; split=> // [w x|x|].
- rewrite /exact character_run /=; congr (dec _ x); set g := letters_product _ _.
  have Gg : g \in G by apply: letters_product_in.
  case: pickP => [h /andP[Gh /eqP E]|/(_ g)]; first exact: characters_inj.
  by rewrite Gg eqxx.
- by eexists; [reflexivity | move=> i; rewrite mxE normC_lin_char ?linear].
exists [seq 'chi[G]_p.1 p.2 | p <- enum [finType of Iirr G * gT]] => w i j _.
rewrite character_run mxE; apply/mapP; exists (i, letters_product eta w) => //.
by rewrite mem_enum.
Qed.
End Abelian.

Lemma derived_derived (gT : finGroupType) (G : {group gT}) k : ((G^`(1))^`(k) = G^`(k.+1))%g.
Proof. by elim: k => // k IH; rewrite dergSn IH [RHS]dergSn. Qed.

Theorem solvable_layers k : forall (gT : finGroupType) (G : {group gT}) (I O : Type) (eta : I -> gT) (dec : gT -> I -> O),
  (forall x, eta x \in G) -> (G^`(k) = 1)%g ->
  exists N : network I O, [/\ layers_in unit_diagonal N, depth N = k &
    forall w x, net N w x = dec (letters_product eta (rcons w x)) x].
Proof.
elim: k => [|k IH] gT G I O eta dec Ge Gk.
  exists (Decode (dec 1%g)); split=> // w x; congr (dec _ x).
  have := letters_product_in (rcons w x) Ge; rewrite -[G : {set gT}]/(G^`(0))%g Gk.
  by move/set1gP=> ->.
pose H := (G^`(1))%G; have nH : G \subset 'N(H)%g by apply: der_norm.
have aGH : abelian (G / H)%g by apply: der_abelian.
pose eta1 x := coset H (eta x); have Ge1 x : eta1 x \in (G / H)%g by apply: mem_quotient.
(* from the coset c, by x, to c' *)
pose kappa (c c' : coset_of H) x := (repr c * eta x * (repr c')^-1)%g.
pose dec1 (c' : coset_of H) x := (kappa (c' * (eta1 x)^-1)%g c' x, repr c', x).
pose eta2 (m : gT * gT * I) := if m.1.1 \in H then m.1.1 else 1%g.
have He2 m : eta2 m \in H by rewrite /eta2; case: ifP.
have [N [uN dN HN]] := IH gT H _ O eta2 (fun n m => dec (n * m.1.2)%g m.2) He2 (etrans (derived_derived G k) Gk).
pose f : causal I (gT * gT * I) := fun w x => dec1 (letters_product eta1 (rcons w x)) x.
exists (Stack f N); split; [by split=> //; exact: (abelian_layer dec1 aGH Ge1) | by rewrite /= dN | move=> w x].
have Ec v : letters_product eta1 v = coset H (letters_product eta v).
  elim/last_ind: v => [|v a E]; first by rewrite /letters_product !big_nil morph1.
  rewrite !letters_product_rcons E morphM //; apply: (subsetP nH) => //; exact: letters_product_in.
have Ep v : letters_product eta2 (outputs f v) = (letters_product eta v * (repr (letters_product eta1 v))^-1)%g.
  elim/last_ind: v => [|v a E]; first by rewrite /letters_product !big_nil repr_coset1 invg1 mulg1.
  rewrite outputs_rcons letters_product_rcons E {1}/f /dec1 /eta2 /=.
  set c' := letters_product eta1 (rcons v a); set c := letters_product eta1 v.
  have -> : (c' * (eta1 a)^-1)%g = c by rewrite /c' letters_product_rcons mulgK.
  have -> : kappa c c' a \in H.
    have nr (d : coset_of H) : repr d \in 'N(H)%g by exact: repr_coset_norm.
    have na : eta a \in 'N(H)%g by apply: (subsetP nH).
    apply: coset_idr; first by rewrite /kappa !groupM ?groupV.
    by rewrite /kappa !morphM ?groupM ?groupV ?morphV //= !coset_reprK /c' letters_product_rcons mulgV.
  by rewrite letters_product_rcons /kappa !mulgA mulgKV.
rewrite /= /compose HN -outputs_rcons Ep {1}/f /dec1 /=.
by rewrite mulgKV.
Qed.

(** ** The law *)
Section Law.
Variable gT : finGroupType.

(** The words over the elements of a group whose product is the unit. *)
Definition word_problem (w : seq gT) : bool := (letters_product id w == 1)%g.

Lemma group_in_word_problem : group_in_syntactic_monoid word_problem [set: gT]%G.
Proof.
exists (fun g => [:: g]); split=> [g h _ _ u v|g h _ _ E].
  by rewrite /word_problem /letters_product /= !big_cat /= !big_cons !mulgA.
have := E [::] [:: g^-1]%g; rewrite /word_problem /letters_product /= !big_cons !big_nil !mulg1 mulgV eqxx.
by move/esym; rewrite -eq_mulgV1 => /eqP.
Qed.

Lemma unit_finite_diagonal I O (N : network I O) D : layers_in unit_diagonal N -> diagonal_on_finite_orbits algCfield D N.
Proof.
elim: N D => [//|I' M' O' f N IH] D /= [[L [Ef Ld _ [S HS]]] uN]; split; last exact: IH.
exists L; split=> // [x|]; first by have [d -> _] := Ld x; exists d.
by exists S => w i j _; apply: HS.
Qed.

Theorem depth_law k : (exists N : network gT bool, [/\ diagonal_on_finite_orbits algCfield (@all_words gT) N, depth N = k &
  recognises N word_problem]) <-> ([set: gT]^`(k) = 1)%g.
Proof.
split=> [[N [fN <- rec]]|Gk].
  exact: (diagonal_derived_length (char_num _) fN rec group_in_word_problem).
have [N [uN dN HN]] := @solvable_layers k gT [set: gT]%G gT bool id (fun g _ => g == 1%g) (@in_setT _) Gk.
by exists N; split; [exact: unit_finite_diagonal | | move=> w x; rewrite HN].
Qed.

Corollary one_layer_abelian : (exists N : network gT bool, [/\ diagonal_on_finite_orbits algCfield (@all_words gT) N, depth N = 1%N &
  recognises N word_problem]) <-> abelian [set: gT].
Proof. by rewrite depth_law; split=> /derG1P. Qed.
End Law.
