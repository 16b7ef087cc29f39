(** * Round-to-nearest is a finite cast

    The theorems on finite precision assume a cast that is monotone and has finitely many
    values. Round-to-nearest into any finite non-empty set is one, with ties going to
    the smaller value: the cast of Grazzi et al. So the hypothesis can be met, by every
    saturating floating-point or fixed-point format. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import EventualSigns.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Nearest.
Variable R : realFieldType.

Lemma closer (a b x : R) : a < b -> (`|x - b| < `|x - a|) = (a + b < x + x).
Proof.
move=> ab; rewrite -ltr_sqr ?nnegrE ?normr_ge0 // !real_normK ?num_real //.
rewrite -subr_gt0 subr_sqr opprB addrC [x - a + _]addrC.
have -> : (b - x + (x - a)) = b - a by rewrite addrA subrK.
rewrite pmulr_rgt0 ?subr_gt0 // addrACA -opprD subr_gt0.
by rewrite [b + a]addrC.
Qed.

Definition lex x (d f : R) := (`|x - d| < `|x - f|) || ((`|x - d| == `|x - f|) && (d <= f)).
Lemma lex_refl x : reflexive (lex x).
Proof. by move=> d; rewrite /lex eqxx lexx orbT. Qed.
Lemma lex_total x : total (lex x).
Proof.
by move=> d f; rewrite /lex; case: ltgtP => //= _; apply: le_total.
Qed.
Lemma lex_trans x : transitive (lex x).
Proof.
move=> f d g; rewrite /lex => /orP[h1|/andP[/eqP -> h1]] /orP[h2|/andP[/eqP <- h2]].
- by rewrite (lt_trans h1 h2).
- by rewrite h1.
- by rewrite h2.
- by rewrite eqxx (le_trans h1 h2) orbT.
Qed.

Definition nearest d0 (D : seq R) x := foldr (fun d m => if lex x d m then d else m) d0 D.
Lemma nearest_in d0 D x : nearest d0 D x \in d0 :: D.
Proof.
elim: D => [|d D IH] /=; first exact: mem_head.
case: ifP => _; first by rewrite !inE eqxx orbT.
by move: IH; rewrite !inE => /orP[->//|->]; rewrite !orbT.
Qed.
Lemma nearest_min d0 D x d : d \in d0 :: D -> lex x (nearest d0 D x) d.
Proof.
elim: D d => [|f D IH] d /=; first by rewrite inE => /eqP ->; apply: lex_refl.
rewrite !inE orbCA => /orP[/eqP ->|dD].
  case: ifP => [_|n]; first exact: lex_refl.
  by case/orP: (lex_total x f (nearest d0 D x)) => //; rewrite n.
have := IH d dD; case: ifP => // H; exact: lex_trans.
Qed.

Theorem nearest_finite_cast d0 D : finite_cast (nearest d0 D).
Proof.
split; last by exists (d0 :: D) => x; apply: nearest_in.
move=> x y xy; rewrite leNgt; apply/negP; set a := nearest _ _ y; set b := nearest _ _ x => ab.
have h1 : lex x b a by apply: nearest_min; apply: nearest_in.
have h2 : lex y a b by apply: nearest_min; apply: nearest_in.
have h1s : `|x - b| < `|x - a|.
  by case/orP: h1 => // /andP[_]; rewrite leNgt ab.
have n2 : `|y - a| <= `|y - b|.
  by case/orP: h2 => [/ltW|/andP[/eqP ->]].
have k2 : y + y <= a + b by rewrite leNgt -closer // -leNgt.
have k1 : a + b < x + x by rewrite -closer.
by have := lt_le_trans k1 (le_trans (ler_add xy xy) k2); rewrite ltxx.
Qed.
End Nearest.
