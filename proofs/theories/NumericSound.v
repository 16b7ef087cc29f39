(** * Networks run in numbers of finitely many bits: what the checker's answer means

    [check_numeric_sound]: if the checker says yes, the network run in the arithmetic of [Numeric] and the automaton accept
    the same words, of every length. The network is one in the sense of [Networks]: a stack of layers, each a causal map. Nothing is assumed of the
    function that says where a state is listed. By induction over the word the states reached are listed.

    [nearest_close], [nearest_even]: the one rounding on which the arithmetic rests is to nearest, ties to even. *)
From Coq Require Import NArith ZArith Lia.
From mathcomp Require Import all_ssreflect zify.
From Eigenmata Require Import Words Networks.
From Eigenmata Require Checker Numeric.
From Eigenmata Require Import CheckerSound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Checker Numeric.

(** ** Rounding *)
Section Nearest.
Local Open Scope Z_scope.

Lemma nearest_close n d : 0 < d -> 2 * Z.abs (n - nearest n d * d) <= d.
Proof.
move=> d0; rewrite /nearest; have := Z.div_mod n d; have := Z.mod_pos_bound n d d0.
set q := (n / d)%Z; move=> r0 /(_ ltac:(lia)) E.
by case: Z.compare_spec => H; [case: ifP => _ | |]; nia.
Qed.

(** No integer is nearer; if one is as near, the other one is even. *)
Lemma nearest_least n d k : 0 < d -> Z.abs (n - nearest n d * d) <= Z.abs (n - k * d).
Proof.
move=> d0; have := @nearest_close n d d0; set m := nearest n d; move=> H.
have [->|km] := Z.eq_dec k m; first by lia.
have : d <= Z.abs ((m - k) * d) by rewrite Z.abs_mul; nia.
have -> : n - k * d = (n - m * d) + (m - k) * d by lia.
lia.
Qed.
Lemma nearest_even n d k : 0 < d -> k <> nearest n d ->
  Z.abs (n - k * d) = Z.abs (n - nearest n d * d) -> Z.Even (nearest n d).
Proof.
move=> d0 km; have := @nearest_close n d d0; rewrite /nearest in km *.
have := Z.div_mod n d; have := Z.mod_pos_bound n d d0; move: km.
set q := (n / d)%Z => km r0 /(_ ltac:(lia)) E.
case: Z.compare_spec km => H km Hc Hk.
- move: km Hk; case Ev: (Z.even q) => km Hk; first by apply/Z.even_spec.
  apply/Z.even_spec; by rewrite Z.even_add Ev.
- by exfalso; have [lt|gt] : k < q \/ q < k; [lia | nia | nia].
- by exfalso; have [lt|gt] : k < q + 1 \/ q + 1 < k; [lia | nia | nia].
Qed.
End Nearest.

(** ** The network in this arithmetic *)
Section Sound.
Variable P : plan.

Definition next_of (L : rounded_layer) (h : list value) (s : N) : list value := odflt [::] (layer_next P L h s).
(** The answer to [x] after the letters [past]. *)
Definition rounded (L : rounded_layer) : causal N N :=
  fun past x => odflt N0 (layer_output P L (foldl (next_of L) (r_start L) (rcons past x)) x).
Fixpoint rounded_network (accept : N -> bool) (Ls : list rounded_layer) : network N bool :=
  if Ls is L :: Ls' then Stack (rounded L) (rounded_network accept Ls') else Decode accept.

(** [hs] are the states of the layers after [w]. *)
Fixpoint holds_after (Ls : list rounded_layer) (hs : list (list value)) (w : seq N) : Prop :=
  match Ls, hs with
  | [::], [::] => True
  | L :: Ls', h :: hs' => foldl (next_of L) (r_start L) w = h /\ holds_after Ls' hs' (outputs (rounded L) w)
  | _, _ => False
  end.

Lemma rounded_advanceE accept Ls hs w x hs' o :
  holds_after Ls hs w -> rounded_advance P Ls hs x = Some (hs', o) ->
  holds_after Ls hs' (rcons w x) /\ net (rounded_network accept Ls) w x = accept o.
Proof.
elim: Ls hs w x hs' o => [|L Ls IH] [|h hs] w x hs' o //=; first by move=> _ [<- <-].
case=> Hh Ht; case En: (layer_next P L h x) => [h1|] //=; case Eo: (layer_output P L h1 x) => [o1|] //=.
case Er: (rounded_advance _ _ _ _) => [[hs1 last]|] //= [<- <-].
have Hs : foldl (next_of L) (r_start L) (rcons w x) = h1.
  by rewrite -cats1 foldl_cat Hh /= /next_of En.
have Ho : rounded L w x = o1 by rewrite /rounded Hs Eo.
have [Ht' Hn] := IH _ _ _ _ _ Ht Er.
by split; [split; rewrite ?outputs_rcons ?Ho | rewrite /compose Ho].
Qed.

Lemma v_eqbE a b : v_eqb a b -> a = b.
Proof.
case: a b => [m e|s|] [n f|t|] //=; last by move/Bool.eqb_prop ->.
by case/andP => /Z.eqb_spec -> /Z.eqb_spec ->.
Qed.
Lemma v_list_eqbE x y : v_list_eqb x y -> x = y.
Proof. by elim: x y => [|a x IH] [|b y] //= /andP[/v_eqbE -> /IH ->]. Qed.
Lemma all_v_eqbE x y : all_v_eqb x y -> x = y.
Proof. by elim: x y => [|a x IH] [|b y] //= /andP[/v_list_eqbE -> /IH ->]. Qed.
End Sound.

(** The network of a certificate; its parameters, rounded, are those of [round_layers]. *)
Definition numeric_network (C : numeric_certificate) : network N bool :=
  rounded_network (n_plan C) (accepts_n C) (odflt [::] (round_layers C)).

Theorem check_numeric_sound locate (C : numeric_certificate) : check_numeric locate C ->
  (forall w x, all (fun y => N.ltb y (n_letters C)) (rcons w x) ->
     net (numeric_network C) w x = automaton_accepts (n_automaton C) (rcons w x)) /\
  n_accept_empty C = automaton_accepts (n_automaton C) [::].
Proof.
rewrite /check_numeric /numeric_network; case: (round_layers C) => [Ls|] //= .
case/andP => /andP[Hs /Bool.eqb_prop He] Hc; split=> //.
have listedE q hs : is_listed C locate q hs ->
    exists2 k, N.ltb k (n_count C) & find (n_states C) k = Some (q, hs).
  rewrite /is_listed; case E: (find _ _) => [[q' hs']|] //= /andP[/andP[/N.eqb_spec Eq Eh] lt].
  by exists (locate q hs) => //; rewrite E Eq (all_v_eqbE Eh).
have step q hs x : is_listed C locate q hs -> N.ltb x (n_letters C) -> check_numeric_step C Ls locate q hs x.
  case/listedE => k /N.ltb_spec0 lt Ek /N.ltb_spec0 xk.
  by have := for_all_belowP Hc lt; rewrite /check_state Ek => /for_all_belowP; apply.
have inv w : all (fun y => N.ltb y (n_letters C)) w -> exists q hs,
    [/\ is_listed C locate q hs, holds_after (n_plan C) Ls hs w
      & automaton_run (n_automaton C) w = Some q].
  elim/last_ind: w => [_|w x IH].
    exists (initial_state (n_automaton C)), (List.map r_start Ls); split=> //.
    by clear; elim: Ls => //= L Ls IH.
  rewrite all_rcons => /andP[xk aw]; have [q [hs [li ho ar]]] := IH aw.
  have := step q hs x li xk; rewrite /check_numeric_step.
  case Ea: (rounded_advance _ _ _ _) => [[hs' o]|] //; case En: (next_state _ _ _) => [q'|] //.
  case/andP => li' _; exists q', hs'; split=> //.
    by have [] := rounded_advanceE predT ho Ea.
  by rewrite /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En.
move=> w x; rewrite all_rcons => /andP[xk aw]; have [q [hs [li ho ar]]] := inv w aw.
have := step q hs x li xk; rewrite /check_numeric_step.
case Ea: (rounded_advance _ _ _ _) => [[hs' o]|] //; case En: (next_state _ _ _) => [q'|] //.
case/andP => _ /Bool.eqb_prop acc; have [_ ->] := rounded_advanceE (accepts_n C) ho Ea.
by rewrite acc /automaton_accepts /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En.
Qed.
