(** * Every regular language on layers of norm at most 1

    [Grazzi et al., Theorem 4]: every automaton is run by finitely many layers whose matrices are
    products of symmetric factors [I - u u^T], [u^T u <= 2]: generalised Householder factors with
    eigenvalues in [-1, 1], of norm at most 1 ([contraction_norm]). They need up to 2^n layers; here
    it is [n] for [n + 1] states ([every_automaton]), which they conjectured to be possible. (The
    tool may need fewer, by sets of states in place of points: proofs/expressivity.md, missing-sets.)

    Proof by induction on [n]. A layer keeps a point [m] that is _not_ the state: a permutation letter
    moves [m] along; a letter that is no permutation sends [m] to a point outside its
    image, whatever [m] was. It answers with the [m] before the letter: a permutation is undone, and any other letter moves the old [m]
    to a second copy of the points, its slot, before it is overwritten. The state is one of the other
    [n] points, and moves among them by a function of the letter and of the old [m]: an automaton
    with one state less.

    The matrix that moves the points to the slot needs twice as many factors as there are points ([reset_factors]). *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra ring.
From Eigenmata Require Import Words Networks EventualSigns LinearLayers HouseholderFactors OneHot StarFreeExact.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Contractions.
Variable R : realFieldType.

Definition contraction_factor n (p : 'cV[R]_n * 'cV[R]_n) : Prop :=
  p.1 = p.2 /\ sqnorm p.1 <= 2%:R.
Definition contraction_product n (A : 'M[R]_n) : Prop :=
  exists s, (forall p, p \in s -> contraction_factor p) /\ A = product s.

Lemma contraction_factor_norm n p (x : 'cV[R]_n) :
  contraction_factor p -> sqnorm (factor p *m x) <= sqnorm x.
Proof.
case: p => u v [/= <-] Hu.
have -> : factor (u, u) *m x = x - inner u x *: u.
  rewrite /factor mulmxBl mul1mx -mulmxA; congr (_ - _).
  apply/matrixP => i j; rewrite !mxE big_ord1 ord1 mulrC; congr (_ * _).
  by rewrite mxE; apply: eq_bigr => k _; rewrite !mxE.
rewrite sqnorm_subZ; set a := inner u x; rewrite -subr_ge0.
have -> : sqnorm x - (sqnorm x - 2%:R * a * a + a ^+ 2 * sqnorm u) = (2%:R - sqnorm u) * a ^+ 2.
  by set p := sqnorm x; set q := sqnorm u; ring.
by rewrite mulr_ge0 ?sqr_ge0 // subr_ge0.
Qed.

Theorem contraction_norm n (A : 'M[R]_n) x : contraction_product A -> sqnorm (A *m x) <= sqnorm x.
Proof.
case=> s [Hs ->]; elim: s Hs => [|p s IH] Hs /=; first by rewrite mul1mx.
rewrite -mulmxA; apply: le_trans (contraction_factor_norm _ (Hs p (mem_head _ _))) (IH _).
by move=> q qs; apply: Hs; rewrite inE qs orbT.
Qed.

Lemma product_cat n s t : @product R n (s ++ t) = product s *m product t.
Proof. by elim: s => [|p s IH] /=; rewrite ?mul1mx // IH mulmxA. Qed.

Lemma contraction_mul n (A B : 'M[R]_n) :
  contraction_product A -> contraction_product B -> contraction_product (A *m B).
Proof.
move=> [s [Hs ->]] [t [Ht ->]]; exists (s ++ t); rewrite product_cat; split=> //.
by move=> p; rewrite mem_cat => /orP[/Hs|/Ht].
Qed.

Lemma sum_eq1 n (i : 'I_n) : \sum_k (k == i)%:R = 1 :> R.
Proof. by rewrite (bigD1 i) //= eqxx big1 ?addr0 // => k /negPf ->. Qed.

Lemma contraction_permutation n (f : 'I_n -> 'I_n) : injective f -> contraction_product (map_matrix R f).
Proof.
move=> inj; rewrite -(map_matrix_ext R (permE inj)); have [s ->] := perm_product R (perm inj).
eexists; split; last by reflexivity.
move=> _ /mapP[[i j] _ ->] /=; split=> //=; rewrite /sqnorm.
have -> : 2%:R = \sum_k ((k == i)%:R + (k == j)%:R) :> R.
  by rewrite big_split /= !sum_eq1 -mulr2n.
apply: ler_sum => k _; rewrite !mxE !andbT.
by case: (k == i); case: (k == j);
   rewrite /= ?subrr ?subr0 ?sub0r ?sqrrN ?expr1n ?expr0n ?addr0 ?add0r ?addr_ge0 ?ler01.
Qed.

(** Projections along the coordinates [s]. *)
Definition projections n (s : seq 'I_n) := [seq (e R i, e R i) | i <- s].
Lemma projectionsE n (s : seq 'I_n) q :
  product (projections s) *m e R q = if q \in s then 0 else e R q.
Proof.
elim: s => [|i s IH] /=; first by rewrite mul1mx.
rewrite -mulmxA IH inE; case: (q \in s); first by rewrite mulmx0 orbT.
rewrite orbF /factor mulmxBl mul1mx -mulmxA.
have -> : (e R i)^T *m e R q = ((q == i)%:R)%:M.
  apply/matrixP => k l; rewrite !ord1 !mxE eqxx mulr1n (bigD1 q) //= big1.
    by rewrite !mxE !eqxx mulr1 addr0 andbT.
  by move=> m /negPf mq; rewrite !mxE mq mulr0.
by case: eqVneq => [->|_]; rewrite mul_mx_scalar ?scale1r ?subrr ?scale0r ?subr0.
Qed.
Lemma contraction_projections n (s : seq 'I_n) : contraction_product (product (projections s)).
Proof.
exists (projections s); split=> // _ /mapP[i _ ->]; split=> //=.
rewrite /sqnorm (eq_bigr (fun k => (k == i)%:R)) ?sum_eq1 ?ler1n // => k _.
by rewrite e_entry; case: eqP; rewrite ?expr1n ?expr0n.
Qed.
Lemma contraction1 n : contraction_product (1%:M : 'M[R]_n).
Proof. by exists [::]. Qed.

(** A layer of such matrices that does the same exactly and after a threshold cast;
    its states are finitely many. *)
Definition contraction_layer I O (f : causal I O) := exists L : linear_layer R I O,
  [/\ forall a, contraction_product (transition L a),
      f =2 exact L, f =2 cast_state L (@threshold R) &
      exists H : seq 'M[R]_(rows L, cols L), forall w, run L w (start L) \in H].

(** ** The missing point *)
Section MissingPoint.
Variables (I : Type) (n : nat) (delta : I -> 'I_n.+1 -> 'I_n.+1) (m0 : 'I_n.+1).

Definition outside a : 'I_n.+1 := odflt ord0 [pick z | z \notin codom (delta a)].
Definition missing_next m a := if injectiveb (delta a) then delta a m else outside a.
Definition missing w := foldl missing_next m0 w.

Lemma missing_rcons w a : missing (rcons w a) = missing_next (missing w) a.
Proof. by rewrite /missing -cats1 foldl_cat. Qed.

Lemma missing_avoids a m q : q != m -> delta a q != missing_next m a.
Proof.
rewrite /missing_next => qm; case: ifP => [/injectiveP inj|ninj]; first by rewrite (inj_eq inj).
rewrite /outside; case: pickP => [z zc|all]; last first.
  have /image_injP inj : #|image (delta a) 'I_n.+1| == #|'I_n.+1|.
    by apply/eqP; apply: eq_card => k; have := all k; rewrite /= => /negbFE ->.
  by case/injectiveP: ninj => x y; apply: inj.
by apply/negP => /eqP /= E; move: zc; rewrite /= -E codom_f.
Qed.

(** The two copies of the points. *)
Definition lft (m : 'I_n.+1) : 'I_(n.+1 + n.+1) := lshift _ m.
Definition rgt (m : 'I_n.+1) : 'I_(n.+1 + n.+1) := rshift _ m.
Lemma rgt_lft m m' : (rgt m == lft m') = false.
Proof. by rewrite eq_sym /lft /rgt eq_lrshift. Qed.
Lemma split_lft m : split (lft m) = inl m.
Proof. by rewrite /lft -[lshift _ m]/(unsplit (inl m)) unsplitK. Qed.
Lemma split_rgt m : split (rgt m) = inr m.
Proof. by rewrite /rgt -[rshift _ m]/(unsplit (inr m)) unsplitK. Qed.

(** A permutation of the first copy. *)
Definition permute (f : 'I_n.+1 -> 'I_n.+1) (k : 'I_(n.+1 + n.+1)) :=
  match split k with inl m => lft (f m) | inr m => rgt m end.
Lemma permute_inj f : injective f -> injective (permute f).
Proof.
move=> inj k l; rewrite -[k]splitK -[l]splitK /permute !unsplitK.
by case: (split k) (split l) => a [] b //=;
  rewrite -/(lft a) -/(rgt a) -/(lft b) -/(rgt b) => /eqP; rewrite ?rgt_lft ?[lft _ == rgt _]eq_sym ?rgt_lft // /lft /rgt
  ?eq_lshift ?eq_rshift => /eqP E; rewrite ?(inj _ _ E) ?E.
Qed.

(** The first copy to the second, which is cleared before. *)
Definition swap_halves (k : 'I_(n.+1 + n.+1)) := match split k with inl m => rgt m | inr m => lft m end.
Lemma swap_halves_inj : injective swap_halves.
Proof.
apply: (can_inj (g := swap_halves)) => k; rewrite -[k]splitK.
by case: (split k) => m /=; rewrite /swap_halves -/(lft m) -/(rgt m) ?split_lft ?split_rgt ?split_lft.
Qed.
Definition shift_matrix : 'M[R]_(n.+1 + n.+1) :=
  map_matrix R swap_halves *m product (projections [seq rgt m | m <- enum 'I_n.+1]).
Lemma shift_lft m : shift_matrix *m e R (lft m) = e R (rgt m).
Proof.
rewrite /shift_matrix -mulmxA projectionsE; case: mapP => [[m' _ /eqP]|_].
  by rewrite eq_sym rgt_lft.
by rewrite map_matrix_e /swap_halves split_lft.
Qed.
Lemma shift_rgt m : shift_matrix *m e R (rgt m) = 0.
Proof. by rewrite /shift_matrix -mulmxA projectionsE map_f ?mem_enum // mulmx0. Qed.

(** It is nilpotent, so [2 (n + 1)] factors are needed for it. *)
Lemma shift_square : shift_matrix *m shift_matrix = 0.
Proof.
apply/matrixP => i k; rewrite -[k]splitK; case: (split k) => m /=.
  have /matrixP/(_ i 0) : shift_matrix *m (shift_matrix *m e R (lft m)) = 0 by rewrite shift_lft shift_rgt.
  by rewrite mulmxA -colE !mxE.
have /matrixP/(_ i 0) : shift_matrix *m (shift_matrix *m e R (rgt m)) = 0 by rewrite shift_rgt mulmx0.
by rewrite mulmxA -colE !mxE.
Qed.
Lemma shift_rank : \rank (shift_matrix - 1%:M) = (n.+1 + n.+1)%N.
Proof.
suff /mulmx1_unit[u _] : (shift_matrix - 1%:M) *m (- shift_matrix - 1%:M) = 1%:M by rewrite mxrank_unit.
by rewrite mulmxBr mulmxN !mulmxBl shift_square !mulmx1 mul1mx sub0r opprK opprB addrC subrK.
Qed.

(** What is in the slot. *)
Fixpoint slot_from (m : 'I_n.+1) (v : option 'I_n.+1) w :=
  if w is a :: w' then slot_from (missing_next m a) (if injectiveb (delta a) then v else Some m) w' else v.
Definition slot w := slot_from m0 None w.
Lemma slot_rcons w a : slot (rcons w a) = if injectiveb (delta a) then slot w else Some (missing w).
Proof. by rewrite /slot /missing; elim: w m0 None => //= b w IH m v; rewrite IH. Qed.

Definition missing_state m (v : option 'I_n.+1) : 'cV[R]_(n.+1 + n.+1) :=
  e R (lft m) + (if v is Some m' then e R (rgt m') else 0).

Definition missing_layer : linear_layer R I (I * 'I_n.+1) :=
  @LinearLayer R I (I * 'I_n.+1) (n.+1 + n.+1) 1
    (fun a => if injectiveb (delta a) then map_matrix R (permute (delta a)) else shift_matrix)
    (fun a => if injectiveb (delta a) then 0 else e R (lft (outside a)))
    (missing_state m0 None)
    (fun H a => (a, odflt ord0 (if injectiveb (delta a) then [pick m | H (lft (delta a m)) 0 == 1]
                                else [pick m | H (rgt m) 0 == 1]))).

Lemma missing_run w : run missing_layer w (start missing_layer) = missing_state (missing w) (slot w).
Proof.
elim/last_ind: w => // w a IH; rewrite run_rcons IH missing_rcons slot_rcons /= /missing_next /missing_state.
case: ifP => _; rewrite mulmxDr.
  rewrite map_matrix_e /permute split_lft addr0; congr (_ + _).
  by case: (slot w) => [m|]; rewrite ?mulmx0 // map_matrix_e split_rgt.
rewrite shift_lft; have -> : shift_matrix *m (if slot w is Some m' then e R (rgt m') else 0) = 0.
  by case: (slot w) => [m|]; rewrite ?mulmx0 // shift_rgt.
by rewrite addr0 addrC.
Qed.

(** What the decoder sees of the state, or of what the cast leaves of it. *)
Lemma missing_decode (c : R -> R) w a : c 0 = 0 -> c 1 = 1 ->
  decode missing_layer (map_mx c (run missing_layer (rcons w a) (start missing_layer))) a = (a, missing w).
Proof.
move=> c0 c1; rewrite missing_run missing_rcons slot_rcons /= /missing_next; congr (_, _).
have cb (b : bool) : (c b%:R == 1) = b by case: b; rewrite ?c0 ?c1 ?eqxx // eq_sym oner_eq0.
have El m v k : (map_mx c (missing_state m v) (lft k) 0 == 1) = (k == m).
  rewrite mxE mxE e_entry -[RHS]cb; have <- : (lft k == lft m) = (k == m) by rewrite /lft eq_lshift.
  case: v => [m'|]; last by rewrite mxE addr0.
  by rewrite e_entry [lft k == rgt m']eq_sym rgt_lft addr0.
have Er m m' k : (map_mx c (missing_state m (Some m')) (rgt k) 0 == 1) = (k == m').
  by rewrite mxE mxE !e_entry rgt_lft add0r /rgt eq_rshift cb.
have [/injectiveP inj|_] := boolP (injectiveb (delta a)).
  case: pickP => [m|none]; last by have := none (missing w); rewrite /= El eqxx.
  by rewrite /= El => /eqP E; apply: inj.
case: pickP => [m|none]; last by have := none (missing w); rewrite /= Er eqxx.
by rewrite /= Er => /eqP E.
Qed.

Lemma missing_layer_ok : contraction_layer (fun w a => (a, missing w)).
Proof.
exists missing_layer; split=> [a|w a|w a|].
- rewrite /=; case: ifP => [/injectiveP inj|_]; first exact/contraction_permutation/permute_inj.
  by apply: contraction_mul; [apply: contraction_permutation; apply: swap_halves_inj | apply: contraction_projections].
- have mid m k (M : 'M[R]_(m, k)) : map_mx id M = M by apply/matrixP => i j; rewrite mxE.
  by rewrite /exact -[run _ _ _]mid missing_decode.
- by rewrite /cast_state missing_decode // ?threshold0 ?threshold1.
exists [seq missing_state p.1 p.2 | p <- enum [finType of 'I_n.+1 * option 'I_n.+1]] => w.
by rewrite missing_run; apply/mapP; exists (missing w, slot w); rewrite ?mem_enum.
Qed.
End MissingPoint.

(** ** The decomposition *)
Theorem run_automaton n : forall (I O : Type) (delta : I -> 'I_n.+1 -> 'I_n.+1) q0
  (g : I -> 'I_n.+1 -> O),
  exists N : network I O, [/\ layers_in contraction_layer N, depth N = n &
    forall w x, net N w x = g x (foldl (fun q a => delta a q) q0 w)].
Proof.
elim: n => [|n IH] I O delta q0 g.
  by exists (Decode (fun x => g x ord0)); split=> // w x; rewrite /= [foldl _ _ _]ord1.
pose m0 : 'I_n.+2 := if q0 == ord0 then ord_max else ord0.
have qm0 : m0 != q0 by rewrite /m0; have [->|n0] := eqVneq q0 ord0; rewrite // eq_sym.
pose delta' (am : I * 'I_n.+2) (r : 'I_n.+1) : 'I_n.+1 :=
  odflt ord0 (unlift (missing_next delta am.2 am.1) (delta am.1 (lift am.2 r))).
pose r0 := odflt ord0 (unlift m0 q0).
have [N [gN sN HN]] := IH _ O delta' r0 (fun am r => g am.1 (lift am.2 r)).
pose f : causal I (I * 'I_n.+2) := fun w a => (a, missing delta m0 w).
exists (Stack f N); split; [by split=> //; apply: missing_layer_ok | by rewrite /= sN |].
move=> w x /=; rewrite /compose HN /=; congr (g x _).
elim/last_ind: w => [|w a IHw].
  by rewrite /= /r0; case: unliftP qm0 => [r ->|->] //=; rewrite eqxx.
rewrite outputs_rcons -!cats1 !foldl_cat /= /delta' /= -/delta'.
set r := foldl _ r0 _ in IHw *; rewrite -IHw.
rewrite cats1 missing_rcons.
have lm : lift (missing delta m0 w) r != missing delta m0 w by rewrite eq_sym neq_lift.
have := missing_avoids delta a lm; case: unliftP => [j -> //|-> /=].
by rewrite eqxx.
Qed.

(** The reset of a layer of [n + 1] points needs [2 (n + 1)] factors. *)
Theorem reset_factors n (s : seq ('cV[R]_(n.+1 + n.+1) * 'cV[R]_(n.+1 + n.+1))) :
  product s = shift_matrix n -> (n.+1 + n.+1 <= size s)%N.
Proof. by move=> E; have := rank_lower_bound s; rewrite E shift_rank. Qed.

(** Every automaton with [n + 1] states: [n] layers. *)
Theorem every_automaton I (A : dfa I) n : #|dstate A| = n.+1 ->
  exists N : network I bool, [/\ layers_in contraction_layer N, depth N = n &
    recognises N (daccepts A)].
Proof.
move=> cA; pose to (q : dstate A) : 'I_n.+1 := cast_ord cA (enum_rank q).
pose of_ (i : 'I_n.+1) : dstate A := enum_val (cast_ord (esym cA) i).
have toK q : of_ (to q) = q by rewrite /of_ /to cast_ordK enum_rankK.
pose delta a i := to (dnext (of_ i) a).
have [N [HN dN E]] := run_automaton delta (to (dstart A)) (fun a i => dfinal (dnext (of_ i) a)).
exists N; split=> // w x; rewrite E /daccepts -cats1 drun_cat /=; congr (dfinal (dnext _ _)).
elim/last_ind: w => [|w a IH]; first exact: toK.
by rewrite -cats1 foldl_cat drun_cat /= /delta toK IH.
Qed.
End Contractions.
