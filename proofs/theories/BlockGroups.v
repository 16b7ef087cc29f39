(** * One layer of norm at most 1 without input tracks block groups

    One linear layer, all letters of norm at most 1, no input (B = 0), finitely many reachable states, exact. Proved here:
    - [block_group]: the automaton that it tracks, each state of the layer naming one, has a block group as its
      monoid: no two idempotents are in one L-class or in one R-class;
    - [flip_flop_needs_input]: so it does not remember which of two letters came last; [flip_flop_layer_ok]: with an input one
      coordinate with the entries 0 and 1 does.

    With input only L-classes are excluded, since resets, which are in one R-class, are there: [SingleLayer].

    Proof. For words [e], [f] that are idempotent on the states, let [alpha] be an idempotent power of [e f], [beta] one of [f e]. First
    [alpha], then [beta], is [beta] ([SingleLayer.idempotents_undo]). A state that [alpha] leaves, now a vector like any difference of
    states, is fixed by [e] and by [f], so by [beta]. Hence [alpha] and [beta] act alike ([powers_meet]). *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks EventualSigns LinearLayers StarFreeExact SingleLayer.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Layer.
Variables (R : realFieldType) (I O : Type) (L : linear_layer R I O) (X : seq 'M[R]_(rows L, cols L)).
Hypothesis contract : forall a, contraction (transition L a).
Hypothesis no_input : forall a, input L a = 0.
Hypothesis finite : forall w, run L w (start L) \in X.

Lemma run_linear w h : run L w h = word_matrix L w *m h.
Proof.
have E0 : run L w 0 = 0 by elim: w => // a w IH; rewrite /run /= mulmx0 add0r no_input.
by have := run_sub (L := L) w h 0; rewrite E0 !subr0.
Qed.

(** Some power of [x^n y^m] and some power of [y^m x^n] act alike, whatever the words [x] and [y]. *)
Lemma powers_meet x y : exists n m N N' : nat, [/\ (0 < n)%N && (0 < m)%N, (0 < N)%N && (0 < N')%N &
  forall h, reachable (L := L) h ->
    run L (wpow (wpow x n ++ wpow y m) N) h = run L (wpow (wpow y m ++ wpow x n) N') h].
Proof.
have [n n0 ie] := idempotent_power finite x; have [m m0 if_] := idempotent_power finite y.
set e := wpow x n in ie *; set f := wpow y m in if_ *.
have [N N0 ia] := idempotent_power finite (e ++ f); have [N' N0' ib] := idempotent_power finite (f ++ e).
exists n, m, N, N'; split; rewrite ?n0 ?m0 ?N0 ?N0' // -/e -/f => h rh.
set alpha := wpow (e ++ f) N in ia *; set beta := wpow (f ++ e) N' in ib *.
have <- : run L (alpha ++ beta) h = run L beta h.
  exact: (idempotents_undo contract ie if_ N0 N0' ia ib rh).
rewrite run_cat; set g := run L alpha h; have rg : reachable (L := L) g by apply: reachable_run.
have idem w : idempotent L w -> forall j, word_matrix L w *m (word_matrix L w *m col j g) = word_matrix L w *m col j g.
  move=> iw j; have E : word_matrix L w *m (word_matrix L w *m g) = word_matrix L w *m g.
    by rewrite -!run_linear -run_cat iw.
  by rewrite colE !(mulmxA _ g) mulmxA E.
have Ag : word_matrix L alpha *m g = g by rewrite -run_linear /g -run_cat ia.
apply/matrixP => i j; rewrite run_linear.
suff Bj : word_matrix L beta *m col j g = col j g.
  by have /matrixP/(_ i 0) := Bj; rewrite colE mulmxA -!colE !mxE.
have Aj : word_matrix L alpha *m col j g = col j g by rewrite colE mulmxA Ag.
have [Ej Fj] := product_fixes contract (idem _ ie j) (idem _ if_ j) N0 Aj.
have FEj : word_matrix L (f ++ e) *m col j g = col j g by rewrite word_matrix_cat -mulmxA Fj.
by rewrite /beta word_matrix_wpow; elim: (N') => //= k ->.
Qed.

Section Tracked.
Variables (Q : Type) (step : Q -> I -> Q) (q0 : Q) (name : 'M[R]_(rows L, cols L) -> Q).
(** The state of the layer names the state of the automaton. *)
Hypothesis tracks : forall w, name (run L w (start L)) = foldl step q0 w.

(** The words are one element of the monoid of the automaton: they act alike on the states that are reached. *)
Definition act_alike u v := forall w, foldl step q0 (w ++ u) = foldl step q0 (w ++ v).

Lemma act_alike_power u v n : (0 < n)%N -> act_alike (u ++ u) u -> act_alike u v -> act_alike (wpow u n) v.
Proof.
case: n => // n _ uu uv; elim: n => [|n IH] w; first by rewrite wpow1.
by rewrite wpowS catA IH -uv -catA uu uv.
Qed.

Theorem block_group e f : act_alike (e ++ e) e -> act_alike (f ++ f) f ->
  (act_alike (e ++ f) e /\ act_alike (f ++ e) f) \/ (act_alike (e ++ f) f /\ act_alike (f ++ e) e) ->
  act_alike e f.
Proof.
move=> ee ff cases; have refl u : act_alike u u by [].
have sym u v : act_alike u v -> act_alike v u by move=> E w; rewrite E.
have trans u v w : act_alike u v -> act_alike v w -> act_alike u w by move=> E E' p; rewrite E.
have cat u u' v v' : act_alike u u' -> act_alike v v' -> act_alike (u ++ v) (u' ++ v').
  by move=> E E' w; rewrite !catA E' foldl_cat E -foldl_cat.
have [n [m [N [N' [/andP[n0 m0] /andP[N0 N0'] meet]]]]] := powers_meet e f.
have En := act_alike_power n0 ee (refl e); have Fm := act_alike_power m0 ff (refl f).
have same : act_alike (wpow (wpow e n ++ wpow f m) N) (wpow (wpow f m ++ wpow e n) N').
  by move=> w; rewrite -!tracks !run_cat meet //; exists w.
have EF := cat _ _ _ _ En Fm; have FE := cat _ _ _ _ Fm En.
have power u v k : (0 < k)%N -> act_alike u v -> act_alike (v ++ v) v -> act_alike (wpow u k) v.
  move=> k0 uv vv; apply: act_alike_power => //.
  exact: trans (cat _ _ _ _ uv uv) (trans _ _ _ vv (sym _ _ uv)).
case: cases => -[E1 E2].
  have A := power _ _ _ N0 (trans _ _ _ EF E1) ee; have B := power _ _ _ N0' (trans _ _ _ FE E2) ff.
  exact: trans (sym _ _ A) (trans _ _ _ same B).
have A := power _ _ _ N0 (trans _ _ _ EF E1) ff; have B := power _ _ _ N0' (trans _ _ _ FE E2) ee.
exact: trans (sym _ _ B) (trans _ _ _ (sym _ _ same) A).
Qed.
End Tracked.
End Layer.

(** ** The flip-flop *)
(** Letters write a bit or leave it; the word is accepted if the bit is [true] in the end, [false] at the start. *)
Definition flip_flop_step (q : bool) (x : option bool) : bool := odflt q x.
Definition flip_flop (w : seq (option bool)) : bool := foldl flip_flop_step false w.

Lemma flip_flop_power q b u n : (0 < n)%N -> (0 < size u)%N -> (forall p, foldl flip_flop_step p u = b) ->
  foldl flip_flop_step q (wpow u n) = b.
Proof. by case: n => // n _ _ H; rewrite wpowSr foldl_cat H. Qed.

Theorem flip_flop_needs_input (R : realFieldType) (L : linear_layer R (option bool) bool) (X : seq 'M[R]_(rows L, cols L)) :
  (forall a, contraction (transition L a)) -> (forall a, input L a = 0) -> (forall w, run L w (start L) \in X) ->
  ~ (forall w x, exact L w x = flip_flop (rcons w x)).
Proof.
move=> cL nL fL HL; have [n [m [N [N' [/andP[n0 m0] /andP[N0 N0'] meet]]]]] := powers_meet cL nL fL [:: Some true] [:: Some false].
have one b k p : (0 < k)%N -> foldl flip_flop_step p (wpow [:: Some b] k) = b.
  by case: k => // k _; rewrite wpowSr foldl_cat.
set u := wpow _ N in meet; set v := wpow _ N' in meet.
have : exact L u None = exact L v None.
  by rewrite /exact -!cats1 !run_cat meet //; exists [::].
rewrite !HL /flip_flop -!cats1 !foldl_cat /=.
have -> : foldl flip_flop_step false u = false.
  rewrite /u -(prednK N0) wpowSr !foldl_cat; exact: one.
have -> // : foldl flip_flop_step false v = true.
rewrite /v -(prednK N0') wpowSr !foldl_cat; exact: one.
Qed.

(** With an input: the coordinate is left, or set to 0 and written. *)
Definition flip_flop_layer (R : realFieldType) : linear_layer R (option bool) bool :=
  @LinearLayer R (option bool) bool 1 1 (fun x => (if x is Some _ then 0 else 1)%:M)
    (fun x => (if x is Some true then 1 else 0)%:M) 0 (fun H _ => H 0 0 == 1).

Theorem flip_flop_layer_ok (R : realFieldType) : let L := flip_flop_layer R in
  [/\ forall a, contraction (transition L a), forall w, run L w (start L) \in [:: 0; 1%:M]
    & forall w x, exact L w x = flip_flop (rcons w x)].
Proof.
have E w : run (flip_flop_layer R) w 0 = (foldl flip_flop_step false w)%:R%:M.
  elim/last_ind: w => [|w x IH]; first by rewrite /= -scalemx1 scale0r.
  rewrite run_rcons IH -cats1 foldl_cat /=; case: x => [[]|] /=; rewrite -scalar_mxM -raddfD /=.
  - by rewrite mul0r add0r.
  - by rewrite mul0r add0r.
  - by rewrite mul1r addr0.
split=> [a|w|w x].
- case: a => [b|] x /=; last by rewrite mul1mx.
  rewrite mul_scalar_mx scale0r /sqnorm big1 ?sqnorm_ge0 // => i _; by rewrite mxE expr0n.
- rewrite E !inE; case: (foldl _ _ _); rewrite ?eqxx ?orbT //.
  by rewrite -scalemx1 scale0r eqxx.
rewrite /exact E /= mxE eqxx mulr1n /flip_flop; case: (foldl _ _ _); rewrite ?eqxx //.
by rewrite eq_sym oner_eq0.
Qed.
