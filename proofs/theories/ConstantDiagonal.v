(** * Constant complex diagonals, with diagonals in [0, 1]: words of one length make no group

    Each layer has either one complex diagonal matrix for all letters, or diagonal matrices with entries that are real and at least
    0 (so those of [0, 1]); exact arithmetic, in each layer finitely many states, any depth. Proved here:
    - [constant_mixed_groups]: words of one length make no group but the trivial one in the syntactic monoid of the language. That is,
      the language is quasi-aperiodic, in AC0 (Barrington, Compton, Straubing and Thérien; cited, not checked);
    - [constant_mixed_no_parity]: so no such network tells the parity of the number of a letter, though a constant layer tells that of the
      length ([length_parity]).

    Proof: [TriangularGroups.same_length_trivial]. Let [w_1] be the word of the unit, [w_1^(n+1)] without effect on a least image. Then [w_g w_1^n] has
    the same length; a layer with constant matrices turns both alike, so it does not turn for either, and a factor at least 0 of
    finite order is 1. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From Eigenmata Require Import Words Networks LinearLayers Settling TriangularGroups DiagonalDepth.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** Words of length [n] make a group in the syntactic monoid. *)
Definition group_of_length I (L : seq I -> bool) n (gT : finGroupType) (G : {group gT}) :=
  exists phi : gT -> seq I,
    [/\ {in G &, forall g h, congruent L (phi (g * h)%g) (phi g ++ phi h)},
        {in G &, forall g h, congruent L (phi g) (phi h) -> g = h} & forall g, g \in G -> size (phi g) = n].

Section Mixed.
Variable F : numFieldType.

Definition constant_diagonal I O (L : linear_layer F I O) := exists d, forall x, transition L x = diag_mx d.
Definition positive_diagonal I O (L : linear_layer F I O) :=
  forall x, exists2 d, transition L x = diag_mx d & forall i, 0 <= d 0 i.

Fixpoint constant_or_positive I O (D : seq I -> Prop) (N : network I O) : Prop :=
  match N in network I O return (seq I -> Prop) -> Prop with
  | Decode _ _ _ => fun _ => True
  | Stack I' M' _ f N' => fun D =>
      (exists L : linear_layer F I' M', [/\ f =2 exact L, constant_diagonal L \/ positive_diagonal L & finite_orbit L D])
      /\ constant_or_positive (image f D) N'
  end D.

Definition mixed I (T : machine F I) k (const : pred nat) (turn : nat -> nat * nat -> F) :=
  forall i p s x, (i < k)%N -> exists a b,
    (forall t, agree (T := T) i s t -> coord i p (next t x) = a * coord i p t + b)
    /\ (if const i then a = turn i p else 0 <= a).

(** An entry moves by an entry of the diagonal. *)
Lemma entry_step n m (d : 'rV[F]_n) (B : 'M[F]_(n, m)) p : exists b, forall H : 'M_(n, m),
  entry (diag_mx d *m H + B) p = (if insub p.1 is Some i then d 0 i else 1) * entry H p + b.
Proof.
rewrite /entry; case: insubP => [i _ _|_]; last by exists 0 => H; rewrite mulr0 addr0.
case: insubP => [j _ _|_]; last by exists 0 => H; rewrite mulr0 addr0.
by exists (B i j) => H; rewrite mul_diag_mx !mxE.
Qed.

Lemma stack_mixed I M (L : linear_layer F I M) (T : machine F M) k const turn :
  constant_diagonal L \/ positive_diagonal L -> mixed T k const turn ->
  exists const' turn', mixed (stack L T) k.+1 const' turn'.
Proof.
move=> kind mT; have [c0 [t0 H0]] : exists (c0 : bool) (t0 : nat * nat -> F), forall x p, exists a b,
    (forall H : 'M_(rows L, cols L), entry (transition L x *m H + input L x) p = a * entry H p + b)
    /\ (if c0 then a = t0 p else 0 <= a).
  case: kind => [[d Ed]|pd].
    exists true, (fun p => if insub p.1 is Some i then d 0 i else 1) => x p.
    have [b Hb] := entry_step d (input L x) p; exists (if insub p.1 is Some i then d 0 i else 1), b.
    by split=> // H; rewrite Ed Hb.
  exists false, (fun _ => 0) => x p; have [d Ed d0] := pd x; have [b Hb] := entry_step d (input L x) p.
  exists (if insub p.1 is Some i then d 0 i else 1), b; split=> [H|]; first by rewrite Ed Hb.
  by case: (insub p.1) => [i|]; rewrite ?ler01.
exists (fun i => if i is i'.+1 then const i' else c0), (fun i p => if i is i'.+1 then turn i' p else t0 p).
move=> [|i] p [H s] x ik; first by have [a [b [Hab Ha]]] := H0 x p; exists a, b; split=> // t _; apply: Hab.
have [a [b [Hab Ha]]] := mT i p s (decode L (transition L x *m H + input L x) x) ik.
exists a, b; split=> // -[H' t] E.
have <- : H = H' by apply/matrixP => i' j'; rewrite -!entryE; apply: (E 0%N (val i', val j')).
by apply: Hab => l q li; apply: (E l.+1 q).
Qed.

Lemma mixed_machine I O (N : network I O) D : constant_or_positive D N ->
  exists (T : machine F I) (out : space T -> I -> O) (X : seq (space T)) const turn,
  [/\ triangular T (depth N), mixed T (depth N) const turn, forall u, D u -> go u (first T) \in X
    & forall u x, net N u x = out (go (rcons u x) (first T)) x].
Proof.
elim: N D => [I' O' h|I' M' O' f N IH] D /=.
  move=> _; pose T := @Machine F I' [choiceType of unit] tt (fun _ _ => tt) (fun _ _ _ => 0).
  by exists T, (fun _ x => h x), [:: tt], predT, (fun _ _ => 0); split=> //; split=> // -[] [].
move=> [[L [Ef kind [S HS]]] /IH[T [out [X [const [turn [tri mT inX HN]]]]]]].
have [Y HY] := matrices_in (rows L) (cols L) S.
have Eo u : outputs (exact L) u = outputs f u by apply: eq_outputs => v x; rewrite Ef.
have [const' [turn' mT']] := stack_mixed kind mT.
exists (stack L T), (fun s x => out s.2 (decode L s.1 x)), (allpairs pair Y X), const', turn'; split=> // [|u Du|u x].
- apply: stack_triangular => // x; case: kind => [[d Ed]|/(_ x)[d Ed _]]; by exists d.
- rewrite stack_go Eo; apply: allpairs_f; first by apply: HY => i j; apply: HS.
  by apply: inX; exists u.
- by rewrite stack_go /= /compose HN Ef -[decode L _ x]/(exact L u x) Eo outputs_rcons Ef.
Qed.

Theorem constant_mixed_groups I (N : network I bool) (L : seq I -> bool) :
  constant_or_positive (@all_words I) N -> recognises N L ->
  forall n (gT : finGroupType) (G : {group gT}), group_of_length L n G -> G :=: 1%g.
Proof.
move=> /mixed_machine[T [out [X [const [turn [tri mT inX HN]]]]]] rec n gT G [phi [phiM phi_inj len]].
have HL u x : L (rcons u x) = out (go (rcons u x) (first T)) x by rewrite -rec HN.
apply: (same_length_of tri (char_num F) (fun u => inX u Logic.I) HL phiM phi_inj (pos := fun a => 0 <= a) _ _ _ mT len).
- exact: ler01.
- by move=> a b; apply: mulr_ge0.
by move=> a m a0 /eqP; rewrite pexpr_eq1 // => /eqP.
Qed.

(** The parity of the number of letters [true]: [true] and [false] make a group of two elements. *)
Definition parity (w : seq bool) : bool := odd (count id w).

Theorem constant_mixed_no_parity (N : network bool bool) :
  constant_or_positive (@all_words bool) N -> ~ recognises N parity.
Proof.
move=> cN rec; pose phi (g : 'Z_2) : seq bool := [:: g != 0].
have P u b v : parity (u ++ b :: v) = parity u (+) b (+) parity v.
  by rewrite /parity count_cat /= !oddD oddb addbA.
have : group_of_length parity 1 [set: 'Z_2]%G.
  exists phi; split=> // [g h _ _ u v|g h _ _ E].
    rewrite /phi /= P [RHS]P; have -> : parity ((h != 0) :: v) = (h != 0) (+) parity v by rewrite /parity /= oddD oddb.
    rewrite -!addbA; congr (_ (+) _); rewrite !addbA; congr (_ (+) _).
    by case: g h => -[|[|//]] ? [[|[|//]] ?].
  have := E [::] [::]; rewrite /phi /parity /= !addn0 !oddb => {E}.
  by move=> E; apply: val_inj; case: g h E => -[|[|//]] ? [[|[|//]] ?].
move/(constant_mixed_groups cN rec)=> E; have := cardsT [finType of 'Z_2].
by rewrite E cards1 card_ord.
Qed.

(** A constant layer, -1 for all letters, tells the parity of the length. *)
Definition length_layer : linear_layer F bool bool :=
  @LinearLayer F bool bool 1 1 (fun _ => diag_mx (const_mx (-1))) (fun _ => 0) 1%:M (fun H _ => H 0 0 != 1).

Theorem length_parity : constant_or_positive (@all_words bool) (Stack (exact length_layer) (Decode id))
  /\ recognises (Stack (exact length_layer) (Decode id)) (fun w => odd (size w)).
Proof.
have E w : run length_layer w (start length_layer) = ((-1) ^+ odd (size w))%:M.
  elim/last_ind: w => // w a IH; rewrite run_rcons IH /= addr0 size_rcons diag_const_mx -scalar_mxM.
  by rewrite /= signrN mulN1r.
split; first split=> //; first exists length_layer; first split=> //; first by left; exists (const_mx (-1)).
  by exists [:: 1; -1] => w i j _; rewrite E !ord1 mxE eqxx mulr1n !inE; case: (odd _); rewrite ?expr1 ?expr0 eqxx ?orbT.
move=> w x; rewrite /= /compose /exact E /= mxE eqxx mulr1n; case: (odd _); rewrite ?expr0 ?eqxx //.
by rewrite expr1 eqNr oner_eq0.
Qed.
End Mixed.
