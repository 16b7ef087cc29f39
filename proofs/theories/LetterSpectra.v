(** * The spectra of letters do not bound the spectra of words

    Theorem 1 of Grazzi et al. ([Parity]) speaks of one repeated letter. It does not extend to all languages: two
    letters whose matrices have the eigenvalue 0 alone (and norm 1) run, in one layer with exact
    arithmetic and five states, the language [(abab)*], which is not star-free
    ([nilpotent_letters_count]). Their product has the eigenvalue -1. The same network is
    proofs/networks/abab-by-nilpotent-letters.json. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words Networks EventualSigns LinearLayers.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** The automaton of [(abab)*]: the letter [false] is a, [true] is b; 4 is the sink. *)
Definition abab : dfa bool := @Dfa bool [finType of 'I_5] (inord 0)
  (fun q x => inord (match val q, x with
                     | 0, false => 1 | 1, true => 2 | 2, false => 3 | 3, true => 0 | _, _ => 4
                     end%N))
  (fun q => val q == 0%N).

Lemma abab_counts n : ~ noncounting (daccepts abab) n.
Proof.
move=> H.
have run k : drun (dstart abab) (wpow [:: false; true] k) = inord (2 * odd k).
  elim: k => // k IH; rewrite wpowSr drun_cat IH /=.
  by case: (odd k); rewrite !inordK //=; rewrite !inordK.
have := H [::] [:: false; true] [::] n (leqnn n).
rewrite /daccepts /= !cats0 !run addn1 /=.
by case: (odd n); rewrite !inordK.
Qed.

Section Layer.
Variable R : realFieldType.

Definition mx2 (a b c d : R) : 'M[R]_2 :=
  \matrix_(i, j) if val i == 0%N then (if val j == 0%N then a else b) else (if val j == 0%N then c else d).
Definition cv2 (a b : R) : 'cV[R]_2 := \col_i if val i == 0%N then a else b.

Lemma mx2_cv2 a b c d x y : mx2 a b c d *m cv2 x y = cv2 (a * x + b * y) (c * x + d * y).
Proof.
apply/matrixP => i j; rewrite ord1 !mxE !big_ord_recl big_ord0 !mxE /= addr0.
by case: ifP.
Qed.

(** a: the first unit vector goes to the second; b: the second to minus the first. *)
Definition nilpotent_layer : linear_layer R bool bool :=
  @LinearLayer R bool bool 2 1 (fun x => if x then mx2 0 (-1) 0 0 else mx2 0 0 1 0) (fun _ => 0)
    (cv2 1 0) (fun H _ => H == cv2 1 0).

Lemma nilpotent_spectra x : nonneg_spectrum (transition nilpotent_layer x).
Proof.
exists [:: 0; 0]; first by rewrite /= lexx.
rewrite !big_cons big_nil mulr1 polyC0 subr0 /char_poly (expand_det_row _ 0) !big_ord_recl big_ord0 /= addr0.
rewrite /cofactor !det_mx11 /= !mxE /=.
by case: x; rewrite !mxE /= !(subr0, sub0r, mulr0n, mulr1n, polyC0, mul0r, mulr0, addr0, oppr0, expr0, mul1r, subr0, mulr1).
Qed.

(** The code of each state of the automaton. *)
Definition abab_code (q : nat) : 'cV[R]_2 :=
  match q with 0%N => cv2 1 0 | 1%N => cv2 0 1 | 2%N => cv2 (-1) 0 | 3%N => cv2 0 (-1) | _ => 0 end.

Theorem nilpotent_letters_count :
  [/\ forall x, nonneg_spectrum (transition nilpotent_layer x),
      forall w x, exact nilpotent_layer w x = daccepts abab (rcons w x) &
      forall n, ~ noncounting (daccepts abab) n].
Proof.
split; [exact: nilpotent_spectra | move=> w x | exact: abab_counts].
have neq (a b : R) : (cv2 a b == cv2 1 0) = (a == 1) && (b == 0).
  apply/eqP/andP => [E|[/eqP -> /eqP ->] //].
  have /matrixP H := E; have := H ord0 ord0; have := H ord_max ord0; rewrite !mxE /= => -> ->.
  by rewrite !eqxx.
have zero_code : 0 = cv2 0 0 by apply/matrixP => i j; rewrite !mxE; case: ifP.
have step q a : (q < 5)%N -> (if a then mx2 0 (-1) 0 0 else mx2 0 0 1 0) *m abab_code q
    = abab_code (match q, a with 0, false => 1 | 1, true => 2 | 2, false => 3 | 3, true => 0 | _, _ => 4 end%N).
  case: q => [|[|[|[|[|q]]]]] // _; case: a; rewrite /abab_code ?zero_code mx2_cv2;
  by rewrite !(mul0r, mulr0, mulr1, mul1r, addr0, add0r, mulN1r, opprK, oppr0, mulrN1).
have run_code v : run nilpotent_layer v (start nilpotent_layer)
    = abab_code (val (drun (dstart abab) v)).
  elim/last_ind: v => [|v a IH]; first by rewrite /= inordK.
  rewrite run_rcons IH -cats1 drun_cat /= addr0 step ?ltn_ord // inordK //.
  by case: (drun _ v) => [[|[|[|[|[|q]]]]] lt] //=; case: a.
rewrite /exact run_code /daccepts /=.
case: (drun _ _) => [[|[|[|[|[|q]]]]] lt] //=; rewrite ?zero_code neq ?eqxx //.
- by rewrite eq_sym oner_eq0.
- by rewrite lt_eqF // (lt_trans (ltrN10 R) ltr01).
- by rewrite eq_sym oner_eq0.
- by rewrite eq_sym oner_eq0.
Qed.
End Layer.
