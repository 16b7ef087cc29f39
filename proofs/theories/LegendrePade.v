(** * The Padé identity of HiPPO-LegT

    LegT with the window 1, A and B as in StateSpace.v, for every number N >= 1 of coefficients, over any ordered field.
    With the readout [end_row = ((-1)^k)], which reads what was put in a window ago, the transfer function
      [C (X - A)^-1 B = transfer / char_poly A],   [transfer = C adj (X - A) B],
    is the [N - 1 / N] Padé approximant of exp (- X) (Voelker et al., 2019): the characteristic polynomial has degree N,
    - [legt_pade_size]: [transfer] has degree at most N - 1, and
    - [legt_pade]: [char_poly A * exp (- X)] and [transfer] agree in all powers of X below 2N.

    How. [system_solved]: the column [entry k = 2 (2k + 1) X^k theta_k] of PadeRecurrence.v solves
    [(X - A) x = denominator * B]. Rows of A differ little: what two neighbours say of x is the recurrence of [theta]
    ([row_sum]). Read by C it is [numerator] ([system_read]), so both quotients are the same ([transfer_quotient]). *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import StateSpace PadeRecurrence.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section LegtPade.
Variables (F : numFieldType) (N : nat).
Hypothesis N_pos : (0 < N)%N.
Implicit Types n j m M : nat.

Local Notation solution := (PadeRecurrence.solution F).
Local Notation alternating := (PadeRecurrence.alternating F).
Local Notation numerator := (PadeRecurrence.numerator F).
Local Notation denominator := (PadeRecurrence.denominator F).
Local Notation exponential := (PadeRecurrence.exponential F).

Definition entry k : {poly F} := (2 * k + 1)%:R * solution k (N.-1 - k).

Lemma alternating_sum j n : N = (n + j).+1 ->
  \sum_(n <= k < N) (-1) ^+ (k - n) * entry k = alternating n j.
Proof.
elim: j n => [|j IH] n EN.
  by rewrite EN addn0 big_nat1 subnn expr0 mul1r /entry EN /= addn0 subnn.
rewrite big_ltn; last by rewrite EN ltnS leq_addr.
rewrite subnn expr0 mul1r /= -(IH n.+1) ?EN ?addnS ?addSn //; congr (_ + _).
  by rewrite /entry EN /= addKn addn1 addn0.
rewrite -sumrN; apply: eq_big_nat => k /andP[nk _].
by rewrite -(subnSK nk) exprS mulN1r mulNr.
Qed.

Lemma row_sum n j : N = (n + j).+1 ->
  'X * solution n j + \sum_(0 <= k < n) entry k + alternating n j = denominator N.-1.
Proof.
elim: n j => [|n IH] j EN.
  by rewrite big_geq // addr0 EN /= addrC.
rewrite -(IH j.+1); last by rewrite EN addnS addSn.
rewrite big_nat_recr //= {2}/entry.
have -> : (N.-1 - n = j.+1)%N by rewrite EN /= addSn subSn ?leq_addr // addKn.
have := alternating_closed F n j.
set t := alternating n.+1 j => closed.
set u := solution n.+1 j; set w := solution n j.+1.
have -> : 'X * w = 2%:R * t + 'X * u by rewrite closed /u /w; ring.
by ring.
Qed.

Let A : 'M[F]_N := legt_a 1 N.
Let B : 'cV[F]_N := legt_b 1 N.
(** Reads what has been put in a window ago. *)
Definition end_row : 'rV[F]_N := \row_k (-1) ^+ k.
Definition solution_column : 'cV[{poly F}]_N := \col_k entry k.

Lemma system_solved : char_poly_mx A *m solution_column = denominator N.-1 *: map_mx polyC B.
Proof.
apply/matrixP => n j; rewrite /char_poly_mx mulmxBl mul_scalar_mx !mxE.
have EN : N = (n + (N.-1 - n)).+1.
  by rewrite subnKC; [rewrite prednK | rewrite -ltnS prednK // ltn_ord].
have W : (weight 1 n)%:P = (2 * n + 1)%:R :> {poly F}.
  by rewrite /weight divr1 polyCMn polyC1 addn1 mul2n.
rewrite W; under eq_bigr => k _.
  rewrite !mxE polyCN polyCM W mulNr -mulrA.
  over.
rewrite -(row_sum EN) sumrN opprK -mulr_sumr {1}/entry mulrCA -mulrDr [RHS]mulrC; congr (_ * _).
rewrite -addrA; congr (_ + _); rewrite -(alternating_sum EN).
rewrite -(big_mkord xpredT (fun k => (if (k < n)%N then 1 else (-1) ^+ (k - n))%:P * entry k)).
rewrite (@big_cat_nat _ _ _ n) //=; last exact: ltnW.
congr (_ + _); apply: eq_big_nat => k /andP[nk kn].
  by rewrite kn mul1r.
by rewrite ltnNge nk /= rmorphX rmorphN rmorph1.
Qed.

Lemma system_read : map_mx polyC end_row *m solution_column = (numerator N.-1)%:M.
Proof.
apply/matrixP => i j; rewrite !ord1 !mxE mulr1n.
have EN : N = (0 + N.-1).+1 by rewrite prednK.
rewrite /numerator -(alternating_sum EN) big_mkord.
by apply: eq_bigr => k _; rewrite !mxE subn0 rmorphX rmorphN rmorph1.
Qed.

(** The transfer function of the system, over the characteristic polynomial. *)
Definition transfer : {poly F} := (map_mx polyC end_row *m \adj (char_poly_mx A) *m map_mx polyC B) 0 0.

Lemma transfer_quotient : char_poly A * numerator N.-1 = denominator N.-1 * transfer.
Proof.
have : \adj (char_poly_mx A) *m (char_poly_mx A *m solution_column) =
       \adj (char_poly_mx A) *m (denominator N.-1 *: map_mx polyC B) by rewrite system_solved.
rewrite mulmxA mul_adj_mx mul_scalar_mx -scalemxAr => E.
have : map_mx polyC end_row *m (char_poly A *: solution_column) =
       map_mx polyC end_row *m (denominator N.-1 *: (\adj (char_poly_mx A) *m map_mx polyC B)) by rewrite -E.
by rewrite -!scalemxAr mulmxA system_read => /matrixP/(_ 0 0); rewrite mxE [_%:M _ _]mxE mulr1n [RHS]mxE.
Qed.

Theorem legt_pade M : (2 * N <= M)%N -> small (2 * N) (char_poly A * exponential M - transfer).
Proof.
move=> NM; apply: (@small_cancel F _ _ (denominator N.-1)); first exact: denominator_at_0.
have -> : denominator N.-1 * (char_poly A * exponential M - transfer) =
  - (char_poly A * (numerator N.-1 - denominator N.-1 * exponential M)).
  by rewrite mulrBr -transfer_quotient; ring.
by apply/smallN/smallM; have := @pade_order F M N.-1; rewrite prednK //; apply.
Qed.

Theorem legt_pade_size : (size transfer <= N)%N.
Proof.
have [->|t0] := eqVneq transfer 0; first by rewrite size_poly0.
have q0 : denominator N.-1 != 0 by rewrite -size_poly_eq0 size_denominator.
have p0 : numerator N.-1 != 0.
  apply/eqP => p0; have := transfer_quotient; rewrite p0 mulr0 => /esym/eqP.
  by rewrite mulf_eq0 (negPf q0) (negPf t0).
have c0 : char_poly A != 0 by rewrite -size_poly_eq0 size_char_poly.
have := congr1 (fun p : {poly F} => size p) transfer_quotient.
rewrite !size_mul // size_char_poly size_denominator prednK // !addSn /= => /addnI <-.
by have := size_numerator F N.-1; rewrite prednK.
Qed.
End LegtPade.
