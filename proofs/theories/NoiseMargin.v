(** * How much noise a digit withstands

    The layer of one level of a reset cascade ([ResetCascade.digit_layer]): [h -> h/4 ± 3/4] at the letters that set the bit, and the
    decoder reads the new bit, and the old one, as the sign of [4h - 3z]. Let every step at such a letter be off by any error of
    modulus at most eps, rounding or else, with no error where the layer only holds. Proved here: if [eps < 3/32], then the layer answers
    all letters as without errors ([noisy_layer]); so does a network of such layers, as the next one reads answers only. The
    bound is the best possible: with [eps = 3/32] an error leaves nothing of the sign ([noise_bound_sharp]).

    Proof. The regions [1/2, 1] and [-1, -1/2] of the two bits widen by [d = 4 eps / 3], as [d/4 + eps = d]. The old bit is the
    sign of the old h plus 4 times the error: read rightly as long as [1/2 - d - 4 eps > 0]. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import Words Networks LinearLayers StarFreeExact ResetCascade.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Noise.
Variables (R : archiFieldType) (I J : Type) (b : bool) (act : I -> option bool) (p : J -> I).
Variables (error : seq J -> R) (eps : R).
Hypothesis error_small : forall w, `|error w| <= eps.

(** The state after [w], if the error of each step may depend on all that was read. *)
Fixpoint noisy_from (past : seq J) (h : R) (w : seq J) : R :=
  if w is j :: w' then
    noisy_from (rcons past j) (if act (p j) is Some z then reset z h + error (rcons past j) else h) w'
  else h.
Definition noisy w := noisy_from [::] (value R b) w.

Lemma noisy_rcons w j : noisy (rcons w j) = if act (p j) is Some z then reset z (noisy w) + error (rcons w j) else noisy w.
Proof.
have E past h v : noisy_from past h (rcons v j) =
    if act (p j) is Some z then reset z (noisy_from past h v) + error (rcons (past ++ v) j) else noisy_from past h v.
  by elim: v past h => [|y v IH] past h /=; rewrite ?cats0 // IH cat_rcons.
exact: E.
Qed.

Definition wide : R := 4%:R / 3%:R * eps.
Definition wide_region z h := (2%:R^-1 - wide <= value R z * h <= 1 + wide).

Lemma eps_ge0 : 0 <= eps. Proof. by apply: le_trans (error_small [::]); apply: normr_ge0. Qed.
Lemma wide_ge0 : 0 <= wide. Proof. by apply: mulr_ge0; [rewrite divr_ge0 ?ler0n | exact: eps_ge0]. Qed.
Lemma value_norm z : `|value R z| = 1. Proof. by rewrite /value; case: z; rewrite ?normrN normr1. Qed.
Lemma value_twice z : value R z * value R z = 1. Proof. by rewrite /value; case: z; rewrite ?mul1r // mulN1r opprK. Qed.

Lemma noisy_region w : wide_region (bit b act p w) (noisy w).
Proof.
have w0 := wide_ge0; elim/last_ind: w => [|w j IH].
  rewrite /wide_region /noisy /= value_twice ler_subl_addr ler_addl w0 andbT; apply: ler_paddr => //.
  by rewrite invf_le1 ?ltr0n // ler1n.
rewrite bit_rcons noisy_rcons; case: (act (p j)) => [z|] //=.
have /andP[lo hi] := IH; set h := noisy w in lo hi *; set e := error _.
have hz : `|value R z * h| <= 1 + wide.
  have -> : `|value R z * h| = `|value R (bit b act p w) * h| by rewrite !normrM !value_norm.
  rewrite ler_norml hi andbT; apply: le_trans lo; rewrite ler_subr_addr opprD -addrA addNr addr0.
  by apply: (@le_trans _ _ 0); rewrite ?oppr_le0 ?ler01 ?invr_ge0 ?ler0n.
have ez : `|value R z * e| <= eps by rewrite normrM value_norm mul1r; apply: error_small.
have -> : wide_region z (reset z h + e) =
    (2%:R^-1 - wide <= 4%:R^-1 * (value R z * h) + value R z * e + 3%:R / 4%:R <= 1 + wide).
  rewrite /wide_region; have -> : value R z * (reset z h + e) = 4%:R^-1 * (value R z * h) + value R z * e + 3%:R / 4%:R * (value R z * value R z).
    by rewrite /reset; ring.
  by rewrite value_twice mulr1.
move: hz ez; rewrite !ler_norml => /andP[hl hu] /andP[el eu].
have q0 : 0 <= 4%:R^-1 :> R by rewrite invr_ge0 ler0n.
apply/andP; split.
  have -> : 2%:R^-1 - wide = 4%:R^-1 * (- (1 + wide)) + (- eps) + 3%:R / 4%:R by rewrite /wide; field.
  by rewrite ler_add2r; apply: ler_add => //; apply: ler_wpmul2l.
have -> : 1 + wide = 4%:R^-1 * (1 + wide) + eps + 3%:R / 4%:R by rewrite /wide; field.
by rewrite ler_add2r; apply: ler_add => //; apply: ler_wpmul2l.
Qed.

Hypothesis eps_small : eps < 3%:R / 32%:R.

(** The sign of a state, off by 4 eps more. *)
Lemma sign_read z h e : wide_region z h -> `|e| <= eps -> (0 < h + 4%:R * e) = z.
Proof.
move=> /andP[lo _]; rewrite ler_norml => /andP[el eu].
have pos : 0 < 2%:R^-1 - wide - 4%:R * eps.
  have -> : 2%:R^-1 - wide - 4%:R * eps = 16%:R / 3%:R * (3%:R / 32%:R - eps) by rewrite /wide; field.
  by apply: mulr_gt0; [rewrite divr_gt0 ?ltr0n | rewrite subr_gt0].
have four a c : a <= c -> 4%:R * a <= 4%:R * c by move=> ac; apply: ler_wpmul2l; rewrite ?ler0n.
case: z lo; rewrite /value ?mul1r ?mulN1r => lo.
  by apply: lt_le_trans pos _; apply: ler_add => //; rewrite -mulrN; apply: four.
apply/negbTE; rewrite -leNgt -oppr_ge0 opprD; apply: le_trans (ltW pos) _.
by apply: ler_add => //; rewrite -!mulrN; apply: four; rewrite ler_oppr opprK.
Qed.

Theorem noisy_layer w j : decode (digit_layer R b act p) (noisy (rcons w j))%:M j = bit_map b act p w j.
Proof.
rewrite /bit_map bit_rcons /= !mxE eqxx !mulr1n noisy_rcons.
case: (act (p j)) => [z|] /=.
  have -> : 4%:R * (reset z (noisy w) + error (rcons w j)) - 3%:R * value R z = noisy w + 4%:R * error (rcons w j).
    by rewrite /reset; field.
  by rewrite (sign_read (noisy_region w)).
have := sign_read (e := 0) (noisy_region w); rewrite mulr0 addr0 normr0 => -> //; exact: eps_ge0.
Qed.
End Noise.

(** The bit 1 is set once more, with an error, then to 0, with another one: what is left of the sign is 0. *)
Theorem noise_bound_sharp (R : archiFieldType) : let eps := 3%:R / 32%:R : R in
  exists h, wide_region eps true h /\ 4%:R * (reset false h - eps) - 3%:R * value R false = 0.
Proof.
exists (3%:R / 8%:R); split; last by rewrite /reset /value; field.
rewrite /wide_region /wide /value mul1r.
have -> : 2%:R^-1 - 4%:R / 3%:R * (3%:R / 32%:R) = 3%:R / 8%:R :> R by field.
rewrite lexx /= -subr_ge0.
have -> : 1 + 4%:R / 3%:R * (3%:R / 32%:R) - 3%:R / 8%:R = 3%:R / 4%:R :> R by field.
by rewrite divr_ge0 ?ler0n.
Qed.
