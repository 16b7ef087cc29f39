(** * A coordinate that holds, or moves halfway to a point

    One coordinate, [h -> A b h + B b] for a letter [b] of two, where [A b] is 1 or 1/2, which stays bounded. A letter with [A b = 1]
    does nothing ([holding]). Proved here ([settles_down]): after many [turns], words (ab)^n, and a long [tail], a^m b or b^m a, the
    value is near one limit, whatever the tail, up to a constant times 2^-n; and what is more than n letters ago matters no more than
    that, if there are n turns before it.

    Proof. If both letters hold, the value never changes. If one of them, it tends to the point that the other one moves it to, by
    half of the way in each turn. If none, the last letters count with weights 1, 1/2, 1/4, …, and 1/2 + 1/4 + … = 1: the limit of
    both tails is [B true + B false]. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** Both letters in turn, n times. *)
Definition turns n : seq bool := flatten (nseq n [:: true; false]).
(** One letter m times, then the other one. *)
Definition tail m b : seq bool := rcons (nseq m b) (~~ b).

Lemma turns_add n m : turns n ++ turns m = turns (n + m).
Proof. by rewrite /turns nseqD flatten_cat. Qed.
Lemma size_turns n : size (turns n) = n.*2.
Proof. by elim: n => //= n ->. Qed.
Lemma count_turns n b : count (pred1 b) (turns n) = n.
Proof. by elim: n => //= n ->; case: b. Qed.

(** ** One coordinate *)
Section Coordinate.
Variables (R : archiFieldType) (A B : bool -> R) (h0 C : R).
Definition half : R := 2%:R^-1.
Hypothesis entries : forall b, (A b == 1) || (A b == half).
Definition step h b : R := A b * h + B b.
Definition value (w : seq bool) : R := foldl step h0 w.
Hypothesis value_bounded : forall w, `|value w| <= C.

Lemma half_gt0 : 0 < half. Proof. by rewrite invr_gt0 ltr0n. Qed.
Lemma half_le1 : half <= 1. Proof. by rewrite invf_le1 ?ltr0n // ler1n. Qed.
Lemma half_double : half * 2%:R = 1. Proof. by rewrite mulVf // pnatr_eq0. Qed.
Lemma pow_ge0 n : 0 <= half ^+ n. Proof. by rewrite exprn_ge0 // ltW ?half_gt0. Qed.
Lemma pow_le n m : (n <= m)%N -> half ^+ m <= half ^+ n.
Proof. by move=> nm; apply: ler_wiexpn2l => //; [apply/ltW/half_gt0 | apply: half_le1]. Qed.

Lemma value_cat u v : value (u ++ v) = foldl step (value u) v.
Proof. exact: foldl_cat. Qed.
Lemma C_ge0 : 0 <= C.
Proof. by apply: le_trans (value_bounded [::]); apply: normr_ge0. Qed.

(** A letter that does not contract does nothing. *)
Lemma holding b : A b = 1 -> B b = 0.
Proof.
move=> A1; apply/eqP; apply/negPn/negP => B0.
have E k : value (nseq k b) = h0 + B b *+ k.
  elim: k => [|k IH]; first by rewrite addr0.
  by rewrite -addn1 nseqD value_cat IH /= /step A1 mul1r addn1 mulrSr addrA.
have B_pos : 0 < `|B b| by rewrite normr_gt0.
have q0 : 0 <= (C + `|h0|) / `|B b| by rewrite divr_ge0 // addr_ge0 ?C_ge0.
have [k] : exists k, (C + `|h0|) / `|B b| < k%:R by eexists; apply: archi_boundP.
rewrite ltr_pdivr_mulr // => big.
have := value_bounded (nseq k b); rewrite E leNgt => /negP; apply.
have : `|B b *+ k| <= `|h0 + B b *+ k| + `|h0|.
  by have := ler_norm_sub (h0 + B b *+ k) h0; rewrite [h0 + _]addrC addrK.
rewrite normrMn -mulr_natl => le; rewrite -(ltr_add2r `|h0|); exact: lt_le_trans big le.
Qed.

Lemma contracts v h h' : `|foldl step h v - foldl step h' v| <= `|h - h'|.
Proof.
elim: v h h' => //= b v IH h h'; apply: le_trans (IH _ _) _.
have -> : step h b - step h' b = A b * (h - h') by rewrite /step; ring.
rewrite normrM; case/orP: (entries b) => /eqP->; first by rewrite normr1 mul1r.
by rewrite ger0_norm ?(ltW half_gt0) // ler_pimull // half_le1.
Qed.

Lemma value_contracting c : A c = half -> A (~~ c) = 1 -> forall w,
  value w - 2%:R * B c = half ^+ count (pred1 c) w * (h0 - 2%:R * B c).
Proof.
move=> Ac Ah; elim/last_ind=> [|w b IH]; first by rewrite mul1r.
rewrite -cats1 value_cat count_cat /= addn0 exprD -mulrA [half ^+ _ * (_ * _)]mulrCA -IH.
have [->|bc] := eqVneq b c.
  rewrite /step Ac expr1; have := half_double; move: half (value w) (B c) => t x y tt.
  by rewrite mulrBr mulrA tt mul1r; ring.
have -> : b = ~~ c by case: (b) (c) bc => -[].
by rewrite /step Ah (holding Ah) mul1r addr0 expr0 mul1r.
Qed.

Definition settles_to l K n :=
  (forall k m b, (n <= k)%N -> (n <= m)%N -> `|value (turns k ++ tail m b) - l| <= K * half ^+ n) /\
  (forall u u' v, (n <= size v)%N -> `|value (turns n ++ u ++ v) - value (turns n ++ u' ++ v)| <= K * half ^+ n).

Lemma one_holds c : A c = half -> A (~~ c) = 1 -> exists l K, 0 <= K /\ forall n, settles_to l K n.
Proof.
move=> Ac Ah; exists (2%:R * B c), (2%:R * `|h0 - 2%:R * B c|); split=> [|n]; first by rewrite mulr_ge0.
have near k w : (n <= k)%N -> `|value (turns k ++ w) - 2%:R * B c| <= half ^+ n * `|h0 - 2%:R * B c|.
  move=> nk; rewrite value_contracting // normrM ger0_norm ?pow_ge0 // ler_wpmul2r // pow_le //.
  by rewrite count_cat count_turns (leq_trans nk) // leq_addr.
have E : 2%:R * `|h0 - 2%:R * B c| * half ^+ n = half ^+ n * `|h0 - 2%:R * B c| + half ^+ n * `|h0 - 2%:R * B c| by ring.
split=> [k m b nk nm|u u' v _]; rewrite E.
  by apply: le_trans (near _ _ nk) _; rewrite ler_addl mulr_ge0 ?pow_ge0.
set x := value _; set y := value _; have -> : x - y = (x - 2%:R * B c) - (y - 2%:R * B c) by ring.
by apply: le_trans (ler_norm_sub _ _) _; apply: ler_add; apply: near.
Qed.

(** After many turns and a long tail a value is near one limit; and what is long ago has little weight. *)
Lemma settles_down : exists l K, 0 <= K /\ forall n, settles_to l K n.
Proof.
have [At|At] := eqVneq (A true) 1; have [Af|Af] := eqVneq (A false) 1.
- exists h0, 0; split=> // n; have E w : value w = h0.
    elim/last_ind: w => // w b IH; rewrite -cats1 value_cat IH /= /step.
    by case: b; rewrite ?At ?Af ?(holding At) ?(holding Af) mul1r addr0.
  by split=> *; rewrite !E subrr normr0 mul0r.
- apply: (one_holds (c := false)) => //; have := entries false; by rewrite (negPf Af) => /eqP.
- apply: (one_holds (c := true)) => //; have := entries true; by rewrite (negPf At) => /eqP.
have half_true : A true = half by have := entries true; rewrite (negPf At) => /eqP.
have half_false : A false = half by have := entries false; rewrite (negPf Af) => /eqP.
have half_all b : A b = half by case: b.
exists (B true + B false), (2%:R * C + 2%:R * `|B true| + 2%:R * `|B false|).
have K0 : 0 <= 2%:R * C + 2%:R * `|B true| + 2%:R * `|B false|.
  by repeat apply: addr_ge0; apply: mulr_ge0; rewrite ?ler0n ?C_ge0 ?normr_ge0.
split=> // n; split=> [k m b nk nm|u u' v nv]; last first.
  apply: le_trans (_ : half ^+ size v * (2%:R * C) <= _).
    have V w : value (turns n ++ w ++ v) = foldl step (value (turns n ++ w)) v by rewrite catA value_cat.
    have E h h' : foldl step h v - foldl step h' v = half ^+ size v * (h - h').
      elim: (v) h h' => [|b w IH] h h' /=; first by rewrite mul1r.
      by rewrite IH exprS /step half_all; ring.
    rewrite !V E normrM ger0_norm ?pow_ge0 // ler_wpmul2l ?pow_ge0 // mulr_natl mulr2n.
    by apply: le_trans (ler_norm_sub _ _) _; apply: ler_add.
  rewrite mulrC; apply: ler_pmul; [|exact: pow_ge0| |exact: pow_le].
    by apply: mulr_ge0; rewrite ?ler0n ?C_ge0.
  by rewrite -addrA ler_addl; apply: addr_ge0; apply: mulr_ge0; rewrite ?ler0n ?normr_ge0.
have double : 2%:R * half = 1 by rewrite mulrC half_double.
have E h : foldl step h (tail m b) - (B true + B false) = half ^+ m.+1 * (h - 2%:R * B b).
  rewrite /tail -cats1 foldl_cat.
  have -> : foldl step h (nseq m b) = 2%:R * B b + half ^+ m * (h - 2%:R * B b).
    elim: m {nm} h => [|m IH] h /=; first by rewrite expr0; ring.
    rewrite IH /step half_all exprS; move: double (half ^+ m) (B b); move: half => t tt p x.
    have -> : t * h + x - 2%:R * x = t * (h - 2%:R * x) + (2%:R * t - 1) * x by ring.
    by rewrite tt subrr mul0r addr0 mulrCA mulrA.
  have -> : B true + B false = B b + B (~~ b) by case: (b); rewrite //= addrC.
  rewrite /= /step half_all exprS; move: double (half ^+ m) (B b) (B (~~ b)); move: half => t tt p x y.
  have -> : t * (2%:R * x + p * (h - 2%:R * x)) + y - (x + y) = (2%:R * t - 1) * x + t * p * (h - 2%:R * x) by ring.
  by rewrite tt subrr mul0r add0r.
rewrite value_cat E normrM ger0_norm ?pow_ge0 // mulrC; apply: ler_pmul; rewrite ?normr_ge0 ?pow_ge0 //.
  apply: le_trans (ler_norm_sub _ _) _; rewrite normrM (ger0_norm (ler0n _ _)) -addrA.
  apply: ler_add; first by apply: le_trans (value_bounded _) _; rewrite mulr_natl mulr2n ler_addl C_ge0.
  by case: b {E}; rewrite ?ler_addl ?ler_addr; apply: mulr_ge0; rewrite ?ler0n ?normr_ge0.
by apply: pow_le; apply: leq_trans nm _.
Qed.
End Coordinate.
