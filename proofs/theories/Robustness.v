(** * A robust linear recurrence does not hold a bit

    Suppose that a letter is to keep one of two values: there are two sets of states, bounded, each
    mapped into itself by [h <- A h + b] even if an error of size [eps > 0] is added in every coordinate at
    every step. Then the two sets come as near to each other as one likes ([robust_no_bit]), so no
    decoder tells them apart with a margin. (Theorems 3 and 4 of Dankowiakowski and Ronca, 2025, for affine
    systems; proofs/expressivity.md, robust-definite, has the class of all languages, which is
    not checked here.)

    Proof: errors of the same size but chosen signs add up to the sum of the absolute values of entries
    of [A^j] times [eps], and stay bounded; so the entries of [A^j] tend to 0, and with them
    the distance of two states that read the same letter again and again. *)
From Coq Require Import Lia.
From mathcomp Require Import all_ssreflect all_algebra zify.
From Eigenmata Require Import Words.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Robust.
Variables (R : archiFieldType) (n : nat) (A : 'M[R]_n) (b : 'cV[R]_n) (eps M : R).
Hypothesis eps0 : 0 < eps.

Definition small (e : 'cV[R]_n) := forall i, `|e i 0| <= eps.
Definition robust (S : 'cV[R]_n -> Prop) :=
  (forall h e, S h -> small e -> S (A *m h + b + e)) /\ (forall h i, S h -> `|h i 0| <= M).

(** [k] steps without errors. *)
Definition steps k h := iter k (fun h => A *m h + b) h.
(** Powers of [A]. *)
Definition power k : 'M[R]_n := iter k (fun P => A *m P) 1%:M.

Lemma powerSr k : power k.+1 = power k *m A.
Proof.
elim: k => [|k IH]; first by rewrite /power /= mulmx1 mul1mx.
by rewrite /power iterS -/(power k.+1) {1}IH mulmxA.
Qed.

Lemma steps_sub k h h' : steps k h - steps k h' = power k *m (h - h').
Proof.
elim: k => [|k IH]; first by rewrite /power /= mul1mx.
by rewrite /power /= -mulmxA -/(power k) -IH mulmxBr /steps /= opprD addrACA subrr addr0.
Qed.

Lemma small0 : small 0.
Proof. by move=> i; rewrite mxE normr0 ltW. Qed.

Lemma robust_steps S k h : robust S -> S h -> S (steps k h).
Proof.
move=> [HS _] Sh; elim: k => //= k IH; rewrite -[X in S X]addr0.
by apply: HS => //; apply: small0.
Qed.

(** With errors [e 0], [e 1], …; the last one counts undiminished. *)
Lemma robust_errors S h (e : nat -> 'cV[R]_n) k : robust S -> S h -> (forall j, small (e j)) ->
  S (steps k h + \sum_(j < k) power j *m e j).
Proof.
move=> HS Sh He.
(* the errors in the order in which they are made *)
suff H (f : nat -> _) m : (forall j, small (f j)) -> S (steps m h + \sum_(j < m) power (m.-1 - j) *m f j).
  have := H (fun j => e (k.-1 - j)%N) k (fun j => He _); rewrite (reindex_inj rev_ord_inj) /=.
  rewrite (eq_bigr (fun j : 'I_k => power j *m e j)) // => j _.
  have -> : (k.-1 - (k - j.+1) = j)%N by have := ltn_ord j; lia.
  by [].
move=> Hf; elim: m => [|m IH]; first by rewrite big_ord0 addr0.
rewrite big_ord_recr /= subnn {2}/power /= mul1mx addrA.
have -> : A *m steps m h + b + \sum_(i < m) power (m - i) *m f i
        = A *m (steps m h + \sum_(j < m) power (m.-1 - j) *m f j) + b.
  rewrite mulmxDr addrAC; congr (_ + b); congr (_ + _); rewrite mulmx_sumr; apply: eq_bigr => j _.
  have -> : (m - j = (m.-1 - j).+1)%N by have := ltn_ord j; lia.
  by rewrite /power /= -mulmxA.
by apply: HS.1.
Qed.

Lemma entries_summable S h i l k : robust S -> S h ->
  \sum_(j < k) `|power j i l| * eps <= M + M.
Proof.
move=> HS Sh; pose e j : 'cV[R]_n := \col_r (if r == l then (-1) ^+ (power j i l < 0)%R * eps else 0).
have He j : small (e j).
  move=> r; rewrite mxE; case: ifP => _; last by rewrite normr0 ltW.
  by rewrite normrMsign ger0_norm // ltW.
have Ei j : (power j *m e j) i 0 = `|power j i l| * eps.
  rewrite mxE (bigD1 l) //= mxE eqxx big1 ?addr0 => [|r /negPf rl]; last by rewrite mxE rl mulr0.
  by rewrite mulrA [power j i l * _]mulrC -normrEsign.
have ES : (\sum_(j < k) power j *m e j) i 0 = \sum_(j < k) `|power j i l| * eps.
  by rewrite summxE; apply: eq_bigr => j _; apply: Ei.
have h1 := HS.2 _ i (robust_steps k HS Sh).
have h2 := HS.2 _ i (robust_errors k HS Sh He); rewrite mxE ES in h2.
have -> : \sum_(j < k) `|power j i l| * eps
  = (steps k h i 0 + \sum_(j < k) `|power j i l| * eps) - steps k h i 0 by rewrite addrAC subrr add0r.
by apply: le_trans (ler_norm _) _; apply: le_trans (ler_norm_sub _ _) _; apply: ler_add.
Qed.

(** Among the first so many powers there is one whose entries are all small. *)
Lemma power_small S h delta : robust S -> S h -> 0 < delta ->
  exists k, forall i l, `|power k i l| < delta.
Proof.
move=> HS Sh d0; pose f j := \sum_i \sum_l `|power j i l|.
have f0 j : 0 <= f j by apply: sumr_ge0 => i _; apply: sumr_ge0.
pose B := \sum_(i < n) \sum_(l < n) (M + M).
have Hsum k : (\sum_(j < k) f j) * eps <= B.
  rewrite mulr_suml (eq_bigr (fun j : 'I_k => \sum_i \sum_l `|power j i l| * eps)).
    rewrite exchange_big /=; apply: ler_sum => i _; rewrite exchange_big /=.
    by apply: ler_sum => l _; apply: entries_summable HS Sh.
  by move=> j _; rewrite mulr_suml; apply: eq_bigr => i _; rewrite mulr_suml.
have B0 : 0 <= B by have := Hsum 0%N; rewrite big_ord0 mul0r.
pose N := Num.bound (B / (delta * eps)).
have HN : B < N%:R * (delta * eps).
  by rewrite -ltr_pdivr_mulr ?mulr_gt0 // archi_boundP // divr_ge0 // ltW // mulr_gt0.
have [k Hk] : exists k, f k < delta.
  case: (boolP [exists k : 'I_N, f k < delta]) => [/existsP[k Hk]|no]; first by exists k.
  suff : B < B by rewrite ltxx.
  apply: lt_le_trans HN _; apply: le_trans _ (Hsum N); rewrite mulrA ler_pmul2r //.
  have -> : N%:R * delta = \sum_(j < N) delta by rewrite sumr_const card_ord mulr_natl.
  by apply: ler_sum => j _; rewrite leNgt; apply: contra no => fj; apply/existsP; exists j.
exists k => i l; apply: le_lt_trans Hk; rewrite /f (bigD1 i) //= (bigD1 l) //= -addrA ler_addl.
by apply: addr_ge0; apply: sumr_ge0 => // j _; apply: sumr_ge0.
Qed.

Theorem robust_no_bit S0 S1 h0 h1 delta : robust S0 -> robust S1 -> S0 h0 -> S1 h1 -> 0 < delta ->
  exists g0 g1, [/\ S0 g0, S1 g1 & forall i, `|g0 i 0 - g1 i 0| < delta].
Proof.
move=> R0 R1 H0 H1 d0; pose D := \sum_l `|(h0 - h1) l 0|.
have D0 : 0 <= D by apply: sumr_ge0.
have D1 : 0 < 1 + D by rewrite (lt_le_trans ltr01) // ler_addl.
have e0 : 0 < delta / (1 + D) by rewrite divr_gt0.
have [k Hk] := power_small R0 H0 e0.
exists (steps k h0), (steps k h1); split; [exact: robust_steps | exact: robust_steps | move=> i].
have -> : steps k h0 i 0 - steps k h1 i 0 = (power k *m (h0 - h1)) i 0 by rewrite -steps_sub !mxE.
rewrite mxE; apply: le_lt_trans (ler_norm_sum _ _ _) _.
apply: (@le_lt_trans _ _ (delta / (1 + D) * D)).
  rewrite /D mulr_sumr; apply: ler_sum => l _; rewrite normrM.
  by apply: ler_wpmul2r => //; apply: ltW.
by rewrite mulrAC -mulrA -[X in _ < X]mulr1 ltr_pmul2l // ltr_pdivr_mulr // mul1r ltr_addr ltr01.
Qed.
End Robust.
