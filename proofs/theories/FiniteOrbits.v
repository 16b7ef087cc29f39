(** * Diagonal layers with finitely many states do not see repetitions

    A network of diagonal layers with entries at least 0 (those of [0, 1] among them), of any depth, in exact arithmetic, in each layer of which every
    coordinate takes only finitely many values: its language cannot tell [u x v] from [u x x v] ([stutter_invariant]). So no such network
    recognises (ab)*, nor "the last letter but one is a", a star-free language, even a definite one ([last_but_one_needs_more]): there
    finitely many states do not suffice, and those of diagonal layers for it are without end.

    Proof. Repeat x for ever. A coordinate moves by λ^k d in step k, where d is what the first x moves it by. If λ > 0 and d is not 0 it goes one way for ever, through
    infinitely many values; so d = 0. If λ = 0 it is b after the first x. So from the first x on the state stays, and the next
    layer sees its letter repeated in the same way. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks LinearLayers Settling.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** ** Layers that do not see repetitions *)
Definition repeat_closed I (D : seq I -> Prop) := forall u x k, D (rcons u x) -> D (u ++ nseq k x).
Definition ignores_repeats I O (D : seq I -> Prop) (f : causal I O) := forall u x k, D (rcons u x) ->
  (forall v y, f (u ++ nseq k.+1 x ++ v) y = f (rcons u x ++ v) y) /\ f (u ++ nseq k.+1 x) x = f u x.

Lemma eq_answers I O (f : causal I O) p q w : (forall v y, f (p ++ v) y = f (q ++ v) y) ->
  answers f p w = answers f q w.
Proof.
elim: w p q => //= x w IH p q E; congr (_ :: _); first by have := E [::] x; rewrite !cats0.
by apply: IH => v y; rewrite !cat_rcons.
Qed.

Lemma nseq_rcons I (x : I) k : nseq k.+1 x = rcons (nseq k x) x.
Proof. by elim: k => //= k ->. Qed.

Lemma outputs_repeat I O D (f : causal I O) u x k : ignores_repeats D f -> D (rcons u x) ->
  outputs f (u ++ nseq k x) = outputs f u ++ nseq k (f u x).
Proof.
move=> If Dx; elim: k => [|k IH]; first by rewrite !cats0.
rewrite !nseq_rcons -!rcons_cat outputs_rcons IH; congr rcons.
by case: k {IH} => [|k]; [rewrite cats0 | have [_] := If u x k Dx].
Qed.

Lemma image_repeat_closed I O D (f : causal I O) : repeat_closed D -> ignores_repeats D f -> repeat_closed (image f D).
Proof.
move=> cD If u x k [w Dw]; case/lastP: w Dw => [|w y] Dw; first by case: u.
rewrite outputs_rcons => /rcons_inj[-> ->].
by exists (w ++ nseq k y); [apply: cD | rewrite (outputs_repeat k If)].
Qed.

Lemma ignores_compose I M O D (f : causal I M) (g : causal M O) :
  ignores_repeats D f -> ignores_repeats (image f D) g -> ignores_repeats D (compose f g).
Proof.
move=> If Ig u x k Dx; have [Ef Er] := If u x k Dx.
have Dy : image f D (rcons (outputs f u) (f u x)) by exists (rcons u x); rewrite ?outputs_rcons.
have [Eg Eh] := Ig _ _ k Dy; split=> [v y|]; rewrite /compose.
  rewrite Ef catA [outputs f (_ ++ v)]outputs_cat [outputs f (rcons u x ++ v)]outputs_cat.
  rewrite (outputs_repeat k.+1 If) // outputs_rcons.
  have E v' y' : f ((u ++ nseq k.+1 x) ++ v') y' = f (rcons u x ++ v') y' by rewrite -catA Ef.
  by rewrite (eq_answers v E) -catA Eg.
by rewrite Er (outputs_repeat k.+1 If).
Qed.

(** ** Diagonal layers *)
Section Diagonal.
Variables (R : realFieldType) (I O : Type) (L : linear_layer R I O).
Implicit Type D : seq I -> Prop.

Definition nonneg_diagonal := forall x, exists2 d : 'rV[R]_(rows L), transition L x = diag_mx d & forall i, 0 <= d 0 i.

Lemma one_way (g : nat -> R) (l d : R) : 0 < l -> 0 < d -> (forall k, g k.+1 = g k + l ^+ k * d) -> injective g.
Proof.
move=> l0 d0 Eg; have up k n : g k < g (k + n.+1)%N.
  elim: n => [|n IH]; rewrite addnS Eg ?addn0 ?ltr_addl ?mulr_gt0 ?exprn_gt0 //.
  by apply: lt_trans IH _; rewrite ltr_addl mulr_gt0 ?exprn_gt0.
move=> a b E; case: (ltngtP a b) => // lt; exfalso.
  by have := up a (b - a).-1; rewrite prednK ?subn_gt0 // subnKC ?(ltnW lt) // E ltxx.
by have := up b (a - b).-1; rewrite prednK ?subn_gt0 // subnKC ?(ltnW lt) // E ltxx.
Qed.

Lemma finite_not_injective (T : eqType) (g : nat -> T) (S : seq T) : (forall k, g k \in S) -> ~ injective g.
Proof.
move=> inS inj; pose s := map g (iota 0 (size S).+1).
have : (size s <= size S)%N.
  by apply: uniq_leq_size; [rewrite map_inj_uniq ?iota_uniq | move=> y /mapP[k _ ->]].
by rewrite size_map size_iota ltnn.
Qed.

Lemma stands_still (g : nat -> R) (l d : R) (S : seq R) : 0 < l -> (forall k, g k.+1 = g k + l ^+ k * d) ->
  (forall k, g k \in S) -> d = 0.
Proof.
move=> l0 Eg inS; case: (ltrgtP d 0) => // d0; exfalso; apply: (finite_not_injective inS).
  have inj : injective (fun k => - g k).
    apply: (one_way l0 (d := - d)); first by rewrite oppr_gt0.
    by move=> k; rewrite Eg opprD mulrN.
  by move=> a c E; apply: inj; rewrite E.
exact: one_way l0 d0 Eg.
Qed.

(** An affine map of slope l >= 0 along which finitely many values are met stays after its first step. *)
Lemma orbit_stays (l b h : R) (S : seq R) : 0 <= l -> (forall k, iter k (fun t => l * t + b) h \in S) ->
  l * (l * h + b) + b = l * h + b.
Proof.
rewrite le_eqVlt => /orP[/eqP <-|l0] inS; first by rewrite !mul0r.
set f := fun t => l * t + b; suff E : f h = h by rewrite -[l * h + b]/(f h) E.
have Ef s t : f s - f t = l * (s - t) by rewrite /f mulrBr opprD addrACA subrr addr0.
have Eg k : iter k.+1 f h = iter k f h + l ^+ k * (f h - h).
  elim: k => [|k IH]; first by rewrite expr0 mul1r addrC subrK.
  apply/eqP; rewrite addrC -subr_eq exprS -mulrA; apply/eqP.
  rewrite [iter k.+2 f h]iterS [in X in _ - X]iterS Ef IH.
  by rewrite [_ + l ^+ k * _]addrC addrK.
apply/eqP; rewrite -subr_eq0; apply/eqP.
exact: (stands_still (g := fun k => iter k f h) l0 Eg inS).
Qed.

Lemma diagonal_ignores D : repeat_closed D -> nonneg_diagonal -> finite_orbit L D -> ignores_repeats D (exact L).
Proof.
move=> cD Ld [S HS]; have stays u x k : D (rcons u x) ->
    run L (u ++ nseq k.+1 x) (start L) = run L (rcons u x) (start L).
  move=> Dx; elim: k => [|k IH]; first by rewrite cats1.
  rewrite nseq_rcons -rcons_cat run_rcons IH; have [d Ed d0] := Ld x.
  apply/matrixP => i j; rewrite !run_rcons Ed !mul_diag_mx !mxE.
  apply: (orbit_stays (S := S) (d0 i)) => n.
  suff -> : iter n (fun t => d 0 i * t + input L x i j) (run L u (start L) i j)
          = run L (u ++ nseq n x) (start L) i j by apply: HS; apply: cD.
  elim: n => [|n IHn]; first by rewrite cats0.
  by rewrite iterS IHn nseq_rcons -rcons_cat run_rcons Ed mul_diag_mx !mxE.
move=> u x k Dx; split=> [v y|]; rewrite /exact.
  rewrite rcons_cat rcons_cat catA run_cat stays // -run_cat rcons_cat; by [].
by rewrite rcons_cat -nseq_rcons stays.
Qed.
End Diagonal.

(** ** Networks *)
Section Networks.
Variable R : realFieldType.

(** Each layer is of this kind, on the words that the layers below produce. *)
Fixpoint finite_diagonal I O (D : seq I -> Prop) (N : network I O) : Prop :=
  match N in network I O return (seq I -> Prop) -> Prop with
  | Decode _ _ _ => fun _ => True
  | Stack I' M' _ f N' => fun D =>
      (exists L : linear_layer R I' M', [/\ f =2 exact L, nonneg_diagonal L & finite_orbit L D])
      /\ finite_diagonal (image f D) N'
  end D.

Lemma eq_ignores I O D (f g : causal I O) : f =2 g -> ignores_repeats D g -> ignores_repeats D f.
Proof. by move=> E Ig u x k Dx; have [Eg Er] := Ig u x k Dx; split=> [v y|]; rewrite !E. Qed.

Theorem network_ignores I O D (N : network I O) : repeat_closed D -> finite_diagonal D N -> ignores_repeats D (net N).
Proof.
elim: N D => [I' O' h|I' M O' f N IH] D' cD /=.
  by move=> _ u x k _; split.
move=> [[L [Ef Ld Lf]] FN].
have If : ignores_repeats D' f by apply: eq_ignores Ef (diagonal_ignores cD Ld Lf).
by apply: ignores_compose => //; apply: IH => //; apply: image_repeat_closed.
Qed.

(** Repeating a letter changes nothing. *)
Theorem stutter_invariant I (N : network I bool) (L : seq I -> bool) :
  finite_diagonal (@all_words I) N -> recognises N L ->
  forall u x v, L (u ++ x :: x :: v) = L (u ++ x :: v).
Proof.
move=> FN HN u x v; have cD : repeat_closed (@all_words I) by [].
have It := network_ignores cD FN.
case/lastP: v => [|v y].
  have [_] := It u x 0%N Logic.I; rewrite !HN -!cats1 -catA => H; exact: H.
have [H _] := It u x 1%N Logic.I; have := H v y.
by rewrite !HN -!cats1 -!catA.
Qed.
End Networks.

(** "The last letter but one is a", where a is [true]. *)
Definition last_but_one (w : seq bool) : bool := nth false (rev w) 1.

Theorem last_but_one_needs_more (R : realFieldType) (N : network bool bool) :
  finite_diagonal R (@all_words bool) N -> ~ recognises N last_but_one.
Proof. by move=> FN HN; have := stutter_invariant FN HN [:: true] false [::]. Qed.
