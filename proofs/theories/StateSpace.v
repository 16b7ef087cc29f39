(** * State space models: HiPPO-LegS, LegT and the Legendre memory unit, and parallel evaluation of recurrences

    For every number [N] of coefficients, over any real closed field, the LegS matrix [A] and vector [B] (Gu et al.,
    "HiPPO", 2020) with
      [A n k = - sqrt (2n+1) sqrt (2k+1)] below the diagonal, [- (n+1)] on it, 0 above, [B n = sqrt (2n+1)]
    satisfy:
    - [legs_eigenvalues]: the characteristic polynomial is the product of [X + (n+1)]: eigenvalues -1, …, -N;
    - [legs_constants]: [A e_0 = - B]: constant functions are kept;
    - [legs_nplr]: [A + A^T + B B^T + I = 0], so that [A + B B^T / 2] is [- I / 2] plus a skew-symmetric
      matrix ([legs_normal]): normal plus low rank, the identity on which S4 rests.

    Over any field, and for every window [w]:
    - [lmu_conjugate], [lmu_conjugate_input]: the Legendre memory unit (Voelker et al., 2019) is LegT in the rational
      normalisation, [A n k = - (2n+1)/w] times 1 below the diagonal and [(-1)^(k-n)] on and above it, [B n = (2n+1)/w],
      with the signs [(-1)^n] of its coordinates changed: [S A S] and [S B] with [S S = 1] ([signs_involutive]).

    And for every recurrence [x (t+1) = f t (x t)], over any Abelian group of states:
    - [deer_terminates]: the iteration [y' (t+1) = f t (y t) + J (y' t - y t)] (DEER: Newton's method if [J] is the derivative) has the
      first [k] states right after [k] rounds, for _any_ maps [J] with [J 0 = 0]. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section LegS.
Variables (R : rcfType) (N : nat).

Definition legs_b : 'cV[R]_N := \col_n Num.sqrt (n.*2.+1)%:R.
Definition legs_a : 'M[R]_N := \matrix_(n, k)
  if (k < n)%N then - (legs_b n 0 * legs_b k 0) else if n == k then - (n.+1)%:R else 0.

Lemma legs_b_square n : legs_b n 0 * legs_b n 0 = (n.*2.+1)%:R.
Proof. by rewrite mxE -expr2 sqr_sqrtr // ler0n. Qed.

Theorem legs_eigenvalues : char_poly legs_a = \prod_(n < N) ('X + (n.+1)%:R%:P).
Proof.
rewrite char_poly_trig; last first.
  by apply/is_trig_mxP => n k nk; rewrite mxE ltnNge (ltnW nk) /= ifF //; apply: ltn_eqF.
by apply: eq_bigr => n _; rewrite mxE ltnn eqxx polyCN opprK.
Qed.

Theorem legs_constants (zero : 'I_N) : val zero = 0%N -> legs_a *m delta_mx zero 0 = - legs_b.
Proof.
move=> z0; rewrite -colE; apply/matrixP => n j; rewrite !mxE z0.
case: posnP => [n0|_]; last by rewrite /= sqrtr1 mulr1.
have -> : n = zero by apply: val_inj; rewrite /= n0 z0.
by rewrite eqxx z0 sqrtr1.
Qed.

Theorem legs_nplr : legs_a + legs_a^T + legs_b *m legs_b^T + 1%:M = 0.
Proof.
apply/matrixP => n k; rewrite 4!mxE [(legs_b *m _) _ _]mxE big_ord1 [legs_b^T _ _]mxE.
rewrite [legs_a^T _ _]mxE [1%:M _ _]mxE [RHS]mxE ![legs_a _ _]mxE [k == n]eq_sym.
rewrite -val_eqE /=; case: (ltngtP k n) => [kn|nk|/val_inj E] /=.
- by rewrite !addr0 addNr.
- by rewrite add0r addr0 [legs_b k 0 * _]mulrC addNr.
rewrite E legs_b_square -opprD -natrD -addrA -natrD addrC.
by apply/eqP; rewrite subr_eq0; apply/eqP; congr (_%:R); rewrite addnn doubleS addn1.
Qed.

Corollary legs_normal : let S := legs_a + 2%:R^-1 *: (legs_b *m legs_b^T) + (2%:R^-1)%:M in S^T = - S.
Proof.
move=> S; apply/eqP; rewrite -subr_eq0 opprK; apply/eqP.
have h : 2%:R^-1 + 2%:R^-1 = 1 :> R by have := splitr (1 : R); rewrite !mul1r => <-.
have -> : S^T + S = legs_a + legs_a^T + legs_b *m legs_b^T + 1%:M; last exact: legs_nplr.
rewrite /S !linearD /= linearZ /= trmx_mul trmxK tr_scalar_mx.
set a := legs_a; set at_ := legs_a^T; set b := legs_b *m _; set d := 2%:R^-1%:M.
have hb : 2%:R^-1 *: b + 2%:R^-1 *: b = b by rewrite -scalerDl h scale1r.
have hd : d + d = 1%:M by rewrite /d -raddfD /= h.
by rewrite addrACA hd [at_ + _ + _]addrACA hb [at_ + a]addrC.
Qed.
End LegS.

Section Legt.
Variables (F : fieldType) (w : F) (N : nat).
Implicit Types n k : 'I_N.

Definition weight n : F := (n.*2.+1)%:R / w.
Definition legt_a : 'M[F]_N := \matrix_(n, k) - (weight n * (if (k < n)%N then 1 else (-1) ^+ (k - n))).
Definition legt_b : 'cV[F]_N := \col_n weight n.
Definition lmu_a : 'M[F]_N := \matrix_(n, k) (weight n * (if (n < k)%N then -1 else (-1) ^+ (n - k).+1)).
Definition lmu_b : 'cV[F]_N := \col_n (weight n * (-1) ^+ n).
Definition signs : 'M[F]_N := diag_mx (\row_n (-1) ^+ n).

Lemma sign_difference (m l : nat) : (l <= m)%N -> (-1) ^+ m * (-1) ^+ l = (-1) ^+ (m - l) :> F.
Proof. by move=> lm; rewrite -exprD -signr_odd oddD -oddB // signr_odd. Qed.

Theorem lmu_conjugate : signs *m legt_a *m signs = lmu_a.
Proof.
apply/matrixP => n k; rewrite mul_diag_mx mul_mx_diag !mxE.
have -> (a b c d : F) : a * - (b * c) * d = - (b * (a * d * c)) by ring.
rewrite -mulrN; congr (_ * _); case: ltngtP => [kn|nk|E].
- by rewrite mulr1 sign_difference ?(ltnW kn) // exprS mulN1r.
- by rewrite [(-1) ^+ n * _]mulrC sign_difference ?(ltnW nk) // -expr2 sqrr_sign.
- by rewrite E subnn expr0 mulr1 sign_difference // subnn expr0 exprS expr0 mulr1.
Qed.

Theorem lmu_conjugate_input : signs *m legt_b = lmu_b.
Proof. by apply/matrixP => n j; rewrite mul_diag_mx !mxE mulrC. Qed.

Theorem signs_involutive : signs *m signs = 1%:M.
Proof.
apply/matrixP => n k; rewrite mul_diag_mx !mxE.
by case: eqVneq => [->|_]; rewrite ?mulr0 // mulr1n sign_difference // subnn.
Qed.
End Legt.

Section Deer.
Variables (V : zmodType) (f : nat -> V -> V) (x0 : V).

Fixpoint trajectory t : V := if t is s.+1 then f s (trajectory s) else x0.

(** One round: [J] may depend on the time and on all that was computed in the round before. *)
Fixpoint deer_round (J : nat -> V -> V) (y : nat -> V) t : V :=
  if t is s.+1 then f s (y s) + J s (deer_round J y s - y s) else x0.
Fixpoint deer (J : nat -> (nat -> V) -> nat -> V -> V) (y : nat -> V) k : nat -> V :=
  if k is l.+1 then deer_round (J l (deer J y l)) (deer J y l) else y.

Theorem deer_terminates J y : (forall l z t, J l z t 0 = 0) -> y 0%N = x0 ->
  forall k t, (t <= k)%N -> deer J y k t = trajectory t.
Proof.
move=> J0 y0; elim=> [|k IH] t; first by rewrite leqn0 => /eqP ->.
elim: t => [|t IHt] //= tk.
have E : deer_round (J k (deer J y k)) (deer J y k) t = trajectory t := IHt (ltnW tk).
by rewrite E (IH t) // subrr J0 addr0.
Qed.
End Deer.
