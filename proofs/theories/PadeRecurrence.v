(** * A Padé approximant of the exponential function, by a recurrence

    For every N = j + 1, over any field of characteristic 0 with an order, polynomials [numerator j] of degree at most
    N - 1 ([size_numerator]) and [denominator j] of degree N ([size_denominator]), not 0 at 0 ([denominator_at_0]), with
    - [pade_order]: [numerator - denominator * exp (- X)] has no power of X below 2N.
    That is the [N - 1 / N] Padé approximant of exp (- X), as [legt_pade] (LegendrePade.v) meets it.

    How. The sequences [theta] and [e] satisfy one recurrence of three terms, for all n,
      [theta_n = X^2 theta_(n+2) + 2 (2n + 3) theta_(n+1)],
    [theta] from its end downwards: 1 at n = N - 1, and X in the place of X^2 theta_N; [e] for ever, with the power series
      [e_n = sum_i (-1)^i (n + i)! / (i! (2n + 1 + i)!) X^i],
    of which [e_0 = (1 - exp (- X)) / X]. (X^n e_n (2n + 1) is the coefficient of exp (- X t) at the Legendre polynomial
    n of [0, 1].) So the Casoratian [theta_n X^2 e_(n+1) - X^2 theta_(n+1) e_n] gains a factor -X^2 with each n less, and
    has no power below 2N - 1 at n = 0; the error is -X times that. Power series are polynomials here, cut off at any
    length M: all equations hold up to there ([small]). *)
From mathcomp Require Import all_ssreflect all_algebra ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Polynomials without small powers *)
Section Small.
Variable F : comRingType.
Implicit Types p q : {poly F}.

Definition small (M : nat) p := forall m, (m < M)%N -> p`_m = 0.

Lemma smallD M p q : small M p -> small M q -> small M (p + q).
Proof. by move=> hp hq m mM; rewrite coefD hp // hq // addr0. Qed.
Lemma smallN M p : small M p -> small M (- p).
Proof. by move=> hp m mM; rewrite coefN hp // oppr0. Qed.
Lemma smallB M p q : small M p -> small M q -> small M (p - q).
Proof. by move=> hp hq; apply/smallD/smallN. Qed.
Lemma smallM M p q : small M p -> small M (q * p).
Proof.
move=> hp m mM; rewrite coefMr; apply: big1 => i _.
by rewrite hp ?mulr0 //; apply: leq_ltn_trans mM; rewrite -ltnS.
Qed.
Lemma smallXn k M p : small M p -> small (k + M) ('X^k * p).
Proof.
by move=> hp m mM; rewrite coefXnM; case: ltnP => // km; rewrite hp // ltn_subLR.
Qed.
Lemma smallW M K p : (K <= M)%N -> small M p -> small K p.
Proof. by move=> KM hp m mK; apply: hp; apply: leq_trans KM. Qed.
End Small.

Lemma small_cancel (G : fieldType) M (p q : {poly G}) : q`_0 != 0 -> small M (q * p) -> small M p.
Proof.
move=> q0 qp m; elim/ltn_ind: m => m IH mM.
have := qp _ mM; rewrite coefM (bigD1 ord0) //= subn0 big1 ?addr0.
  by move/eqP; rewrite mulf_eq0 (negPf q0) => /eqP.
move=> i; rewrite -val_eqE -lt0n /= => i0; have im : (i <= m)%N by rewrite -ltnS.
rewrite IH ?mulr0 //; first by rewrite ltn_subrL i0 (leq_trans i0).
by apply: leq_ltn_trans mM; apply: leq_subr.
Qed.

Section Pade.
Variable F : numFieldType.
Implicit Types n j m M N : nat.

(** ** The backward recurrence *)
Fixpoint theta n j : {poly F} :=
  if j is j'.+1 then eta n.+1 j' + (2 * (2 * n + 3))%:R * theta n.+1 j' else 1
with eta n j : {poly F} := if j is j'.+1 then 'X^2 * theta n.+1 j' else 'X.

(** What solves the linear system, divided by its weights, and the sums that occur in it. *)
Definition solution n j : {poly F} := 2%:R * ('X^n * theta n j).
Fixpoint alternating n j : {poly F} :=
  if j is j'.+1 then (2 * n + 1)%:R * solution n j - alternating n.+1 j' else (2 * n + 1)%:R * solution n 0.

Lemma thetaS n j : theta n j.+1 = eta n.+1 j + (2 * (2 * n + 3))%:R * theta n.+1 j.
Proof. by []. Qed.
Lemma etaS n j : eta n j.+1 = 'X^2 * theta n.+1 j.
Proof. by []. Qed.

Lemma alternating_closed n j :
  2%:R * alternating n.+1 j = 'X * (solution n j.+1 - solution n.+1 j).
Proof.
elim: j n => [|j IH] n.
  by rewrite /= /solution /= exprS; ring.
have -> : alternating n.+1 j.+1 = (2 * n.+1 + 1)%:R * solution n.+1 j.+1 - alternating n.+2 j by [].
rewrite mulrBr IH /solution [theta n j.+2]thetaS etaS !exprS.
by ring.
Qed.

Definition numerator j : {poly F} := alternating 0 j.
Definition denominator j : {poly F} := numerator j + 'X * solution 0 j.

Lemma denominator_closed j : denominator j = ('X + 2%:R) * theta 0 j + eta 0 j.
Proof.
rewrite /denominator /numerator; case: j => [|j].
  by rewrite /= /solution /= expr0; ring.
apply: (@mulfI _ 2%:R); first by rewrite -polyC1 -polyCMn polyC_eq0 pnatr_eq0.
have -> : alternating 0 j.+1 = (2 * 0 + 1)%:R * solution 0 j.+1 - alternating 1 j by [].
rewrite mulrDr mulrBr alternating_closed /solution etaS expr1 expr0.
by ring.
Qed.

(** ** The exponential function, and what it satisfies *)
Definition coefficient n i : F := (-1) ^+ i * (n + i)`!%:R / (i`!%:R * (2 * n + 1 + i)`!%:R).
Definition series M n : {poly F} := \poly_(i < M) coefficient n i.
Definition exponential M : {poly F} := \poly_(i < M) ((-1) ^+ i / i`!%:R).

Lemma fact_neq0 k : k`!%:R != 0 :> F.
Proof. by rewrite pnatr_eq0 -lt0n fact_gt0. Qed.

Let unit_coefficient n i : F := (-1) ^+ i * (n + i)`!%:R / (i`!%:R * (2 * n + 3 + i)`!%:R).

Lemma coefficient0 n i : coefficient n i = (2 * n + 3 + i)%:R * (2 * n + 2 + i)%:R * unit_coefficient n i.
Proof.
rewrite /coefficient /unit_coefficient.
have -> : (2 * n + 3 + i)`! = ((2 * n + 3 + i) * ((2 * n + 2 + i) * (2 * n + 1 + i)`!))%N.
  by rewrite !addnS !addSn !factS.
rewrite !natrM; have := fact_neq0 i; have := fact_neq0 (2 * n + 1 + i).
have : (2 * n + 3 + i)%:R != 0 :> F by rewrite pnatr_eq0 addnS addSn.
have : (2 * n + 2 + i)%:R != 0 :> F by rewrite pnatr_eq0 addnS addSn.
move: (2 * n + 2 + i)%:R (2 * n + 3 + i)%:R _`!%:R _`!%:R => a b c d a0 b0 c0 d0.
by field; rewrite a0 b0 c0 d0.
Qed.

Lemma coefficient1 n i : coefficient n.+1 i = (n + 1 + i)%:R * unit_coefficient n i.
Proof.
rewrite /coefficient /unit_coefficient.
have -> : (2 * n.+1 + 1 = 2 * n + 3)%N by rewrite mulnS addnC addnA addnC.
have -> : ((n.+1 + i)`! = (n + 1 + i) * (n + i)`!)%N by rewrite addn1 addSn factS.
by rewrite natrM; ring.
Qed.

Lemma coefficient2 n i : (if (i < 2)%N then 0 else coefficient n.+2 (i - 2)) = i%:R * (i%:R - 1) * unit_coefficient n i.
Proof.
case: i => [|[|i]]; first by rewrite !mul0r.
  by rewrite subrr mulr0 mul0r.
rewrite /coefficient /unit_coefficient /= subSS subSS subn0.
have -> : (n.+2 + i = n + i.+2)%N by rewrite !addnS.
have -> : (2 * n.+2 + 1 + i = 2 * n + 3 + i.+2)%N by rewrite !mulnS !addnS.
rewrite !exprS mulN1r mulN1r opprK.
have -> : i.+2%:R - 1 = i.+1%:R :> F by rewrite -addn1 natrD addrK.
rewrite !factS !natrM.
have := fact_neq0 i; have := fact_neq0 (2 * n + 3 + i.+2).
have : i.+2%:R != 0 :> F by rewrite pnatr_eq0.
have : i.+1%:R != 0 :> F by rewrite pnatr_eq0.
move: i.+2%:R i.+1%:R (n + i.+2)`!%:R (2 * n + 3 + i.+2)`!%:R i`!%:R => a b c d e b0 a0 d0 e0.
by field; rewrite a0 b0 d0 e0.
Qed.

Lemma series_coefficient M n m : (m < M)%N -> (series M n)`_m = coefficient n m.
Proof. by move=> mM; rewrite coef_poly mM. Qed.

Lemma series_shifted M n m : (m < M)%N ->
  ('X^2 * series M n)`_m = if (m < 2)%N then 0 else coefficient n (m - 2).
Proof.
by move=> mM; rewrite coefXnM; case: ifP => // _; apply/series_coefficient/(leq_ltn_trans _ mM)/leq_subr.
Qed.

Lemma series_recurrence M n :
  small M (series M n - 'X^2 * series M n.+2 - (2 * (2 * n + 3))%:R * series M n.+1).
Proof.
move=> m mM; rewrite mulr_natl !coefB coefMn series_shifted // !series_coefficient //.
rewrite coefficient2 coefficient0 coefficient1 -mulr_natl !(natrM, natrD).
by ring.
Qed.

Lemma coefficient_zero i : coefficient 0 i = (-1) ^+ i / i.+1`!%:R.
Proof.
rewrite /coefficient add0n add1n.
by rewrite invfM mulrA mulfK // fact_neq0.
Qed.

Lemma coefficient_one i : coefficient 1 i = (-1) ^+ i * i.+1%:R / i.+3`!%:R.
Proof.
rewrite /coefficient [(1 + i)%N]add1n [(2 * 1 + 1 + i)%N]/= factS natrM.
have := fact_neq0 i; have := fact_neq0 i.+3.
by move: i`!%:R i.+3`!%:R => a b b0 a0; field; rewrite a0 b0.
Qed.

Lemma series_start M : small M (('X + 2%:R) * series M 0 + 'X^2 * series M 1 - 2%:R).
Proof.
move=> m mM; rewrite mulrDl mulr_natl !(coefB, coefD) coef1 coefXM.
rewrite series_shifted // !series_coefficient ?(leq_ltn_trans (leq_pred m) mM) //.
case: m mM => [|m] mM.
  have -> : coefficient 0 0 = 1 by rewrite coefficient_zero expr0 divr1.
  by rewrite /=; ring.
case: m mM => [|m] mM.
  have -> : coefficient 0 0 = 1 by rewrite coefficient_zero expr0 divr1.
  have -> : coefficient 0 1 = - 2%:R^-1 by rewrite coefficient_zero expr1 mulN1r.
  have h : 2%:R != 0 :> F by rewrite pnatr_eq0.
  by rewrite /=; field.
rewrite /= subSS subSS subn0 !coefficient_zero coefficient_one !exprS [m.+3`!]factS natrM.
have := fact_neq0 m.+2; have : m.+3%:R != 0 :> F by rewrite pnatr_eq0.
have -> : m.+3%:R = m.+1%:R + 2%:R :> F by rewrite -natrD addn2.
move: m.+1%:R m.+2`!%:R ((-1) ^+ m) => a b c a0 b0.
by field; rewrite a0 b0.
Qed.

Lemma exponential_series M : small M (exponential M - (1 - 'X * series M 0)).
Proof.
move=> m mM; rewrite !coefB coef1 coefXM coef_poly mM.
case: m mM => [|m] mM; first by rewrite subr0 /= fact0 expr0 divr1 subrr.
rewrite /= series_coefficient ?(ltnW mM) // sub0r opprK coefficient_zero exprS.
by rewrite mulN1r mulNr addNr.
Qed.

(** ** The Casoratian of both solutions of the recurrence *)
Lemma casoratian_small M n j : (2 * j + 1 <= M)%N ->
  small (2 * j + 1) (theta n j * ('X^2 * series M n.+1) - eta n j * series M n).
Proof.
elim: j n => [|j IH] n jM.
  have -> : theta n 0 * ('X^2 * series M n.+1) - eta n 0 * series M n =
    'X^1 * ('X * series M n.+1 - series M n) by rewrite /= expr1; ring.
  exact: (@smallXn _ 1 0).
have r := smallW jM (@series_recurrence M n).
have i : small (2 + (2 * j + 1)) ('X^2 * (theta n.+1 j * ('X^2 * series M n.+2) - eta n.+1 j * series M n.+1)).
  by apply: smallXn; apply: IH; apply: leq_trans jM; rewrite leq_add2r leq_mul2l leqnSn.
have -> : (2 * j.+1 + 1 = 2 + (2 * j + 1))%N by rewrite mulnS addnA.
have E : theta n j.+1 * ('X^2 * series M n.+1) - eta n j.+1 * series M n =
   - ('X^2 * (theta n.+1 j * ('X^2 * series M n.+2) - eta n.+1 j * series M n.+1))
   - 'X^2 * theta n.+1 j * (series M n - 'X^2 * series M n.+2 - (2 * (2 * n + 3))%:R * series M n.+1).
  by rewrite thetaS etaS; ring.
rewrite E; apply: smallB; first exact: smallN.
by apply: smallM; move: r; rewrite mulnS -addnA.
Qed.

(** ** Padé: the quotient agrees with exp (-X) up to the power 2N - 1 *)
Theorem pade_order M j : (2 * j.+1 <= M)%N ->
  small (2 * j.+1) (numerator j - denominator j * exponential M).
Proof.
move=> jM.
have e := smallW jM (@exponential_series M).
have s := smallW jM (@series_start M).
have c : small (1 + (2 * j + 1)) ('X^1 * (theta 0 j * ('X^2 * series M 1) - eta 0 j * series M 0)).
  by apply: smallXn; apply: casoratian_small; apply: leq_trans jM; rewrite mulnS addnC leq_add2r.
have D := denominator_closed j.
have P : numerator j = denominator j - 'X * (2%:R * theta 0 j).
  by rewrite /denominator /solution expr0 mul1r addrK.
have -> : numerator j - denominator j * exponential M =
    - (denominator j * (exponential M - (1 - 'X * series M 0)))
    + 'X * theta 0 j * (('X + 2%:R) * series M 0 + 'X^2 * series M 1 - 2%:R)
    - 'X^1 * (theta 0 j * ('X^2 * series M 1) - eta 0 j * series M 0).
  by rewrite P D expr1; ring.
have E : (2 * j.+1 = 1 + (2 * j + 1))%N by rewrite mulnS addnCA addnC -addnA.
apply: smallB; last by rewrite E.
by apply: smallD; [apply/smallN/smallM | apply: smallM].
Qed.

Lemma theta_eta_coefficients n j :
  [/\ forall k, (j < k)%N -> (theta n j)`_k = 0, (theta n j)`_j = 1,
      forall k, (j.+1 < k)%N -> (eta n j)`_k = 0 & (eta n j)`_j.+1 = 1].
Proof.
elim: j n => [|j IH] n.
  by split=> [k k0||k k0|]; rewrite /= ?coef1 ?coefX //; case: k k0 => [|[]].
have [t0 t1 e0 e1] := IH n.+1.
split=> [k jk||k jk|]; rewrite ?thetaS ?etaS ?coefD ?mulr_natl ?coefMn ?coefXnM.
- by rewrite e0 // t0 ?mul0rn ?addr0 // ltnW.
- by rewrite e1 t0 // mul0rn addr0.
- by case: k jk => [|[|k]] // jk; rewrite /= subSS subSS subn0 t0.
- by rewrite /= subSS subSS subn0 t1.
Qed.

Lemma theta_eta_at_0 n j : (theta n j)`_0 != 0 /\ (eta n j)`_0 = 0.
Proof.
elim: j n => [|j IH] n; first by rewrite /= coef1 coefX oner_neq0.
have [t e] := IH n.+1.
split; last by rewrite etaS coefXnM.
by rewrite thetaS coefD mulr_natl coefMn e add0r mulrn_eq0 negb_or t andbT muln_eq0 addn3.
Qed.

Lemma denominator_at_0 j : (denominator j)`_0 != 0.
Proof.
have [t e] := theta_eta_at_0 0 j.
by rewrite denominator_closed coefD e mulrDl coefD coefXM mulr_natl coefMn /= add0r addr0 mulrn_eq0 negb_or t.
Qed.

Lemma size_denominator j : size (denominator j) = j.+2.
Proof.
have [t0 t1 e0 e1] := theta_eta_coefficients 0 j.
have c k : (denominator j)`_k.+1 = (theta 0 j)`_k + (theta 0 j)`_k.+1 *+ 2 + (eta 0 j)`_k.+1.
  by rewrite denominator_closed coefD mulrDl coefD coefXM mulr_natl coefMn.
apply/eqP; rewrite eqn_leq; apply/andP; split.
  apply/leq_sizeP => -[|k] // jk; rewrite c t0 ?t0 ?e0 ?mul0rn ?addr0 //; last exact: ltnW.
rewrite ltnNge; apply/negP => /leq_sizeP/(_ j.+1 (leqnn _)).
by rewrite c t1 t0 // e1 mul0rn addr0 => /eqP; rewrite (pnatr_eq0 F 2).
Qed.

Lemma size_numerator j : (size (numerator j) <= j.+1)%N.
Proof.
have [t0 t1 e0 e1] := theta_eta_coefficients 0 j.
have -> : numerator j = 2%:R * theta 0 j - 'X * theta 0 j + eta 0 j.
  have := denominator_closed j; rewrite /denominator /solution expr0 mul1r => /(canRL (addrK _)) ->; ring.
apply/leq_sizeP => -[|k] // jk; rewrite coefD coefB mulr_natl coefMn coefXM /=.
move: jk; rewrite ltnS leq_eqVlt => /orP[/eqP <-|jk]; first by rewrite t1 t0 // e1 mul0rn sub0r addNr.
by rewrite (t0 k jk) (t0 _ (ltnW jk : (j < k.+1)%N)) e0 // mul0rn subr0 addr0.
Qed.
End Pade.
