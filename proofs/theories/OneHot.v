(** * Every regular language in one layer; parity by the eigenvalue -1

    States as one-hot vectors, letters as 0/1 matrices, which are products of
    factors [I - u v^T] ([HouseholderFactors]): one layer without input runs every automaton,
    exactly, and after the coarsest of casts, a threshold with two values. Proved here:
    - [one_hot]: every automaton, with the least possible number of factors for each letter
      (some of norm above 1; with norm 1: [Cascade]);
    - [parity_layer]: parity of the letters [true] by a layer of one coordinate whose matrices are
      1 and -1.
    So the hypotheses of the theorems in [Parity] can be met, and cannot be dropped. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From Eigenmata Require Import Words Networks EventualSigns LinearLayers HouseholderFactors.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Threshold.
Variable R : realFieldType.

Definition threshold (x : R) : R := if x < 2%:R^-1 then 0 else 1.

Lemma threshold_cast : finite_cast threshold.
Proof.
split=> [x y xy|]; last first.
  by exists [:: 0; 1] => x; rewrite /threshold; case: ifP; rewrite !inE eqxx ?orbT.
rewrite /threshold; case: ltP => hx; first by case: ifP; rewrite // ler01.
by rewrite ltNge (le_trans hx xy).
Qed.
Lemma threshold0 : threshold 0 = 0.
Proof. by rewrite /threshold invr_gt0 ltr0n. Qed.
Lemma threshold1 : threshold 1 = 1.
Proof. by rewrite /threshold ltNge ltW // invf_lt1 ?ltr1n // ltr0n. Qed.

Lemma e_inj n : injective (@e R n).
Proof.
move=> q r /matrixP /(_ q 0); rewrite !e_entry eqxx; case: eqVneq => // _ /eqP.
by rewrite oner_eq0.
Qed.
Lemma threshold_e n (q : 'I_n) : map_mx threshold (e R q) = e R q.
Proof.
by apply/matrixP => i j; rewrite mxE ord1 e_entry; case: eqP; rewrite ?threshold0 ?threshold1.
Qed.
Lemma pick_e n (q : 'I_n) : [pick p | e R q == e R p] = Some q.
Proof. by case: pickP => [p /eqP /e_inj -> //|/(_ q)]; rewrite eqxx. Qed.

(** ** Automata *)
Section Automaton.
Variables (I : Type) (A : dfa I).
Let n := #|dstate A|.
Definition indexed_next (a : I) (i : 'I_n) : 'I_n := enum_rank (dnext (enum_val i) a).

Definition one_hot_layer : linear_layer R I bool :=
  @LinearLayer R I bool n 1 (fun a => map_matrix R (indexed_next a)) (fun _ => 0)
    (e R (enum_rank (dstart A)))
    (fun H _ => if [pick q | H == e R q] is Some q then dfinal (enum_val q) else false).

Lemma one_hot_run w : run one_hot_layer w (start one_hot_layer) = e R (enum_rank (drun (dstart A) w)).
Proof.
elim/last_ind: w => // w a IH.
by rewrite run_rcons IH /= addr0 map_matrix_e /indexed_next enum_rankK -cats1 drun_cat.
Qed.

Theorem one_hot : exists L : linear_layer R I bool,
  [/\ forall a, exists2 s, transition L a = product s & size s = \rank (transition L a - 1%:M)%R,
      forall a, input L a = 0,
      (fun w x => exact L w x) =2 (fun w x => daccepts A (rcons w x)) &
      (fun w x => cast_state L threshold w x) =2 (fun w x => daccepts A (rcons w x))].
Proof.
exists one_hot_layer; split=> // [a|w x|w x].
- have [s [E ss _]] := map_product_sharp R (indexed_next a); exists [seq euv R c | c <- s].
    by rewrite /= (map_matrix_ext R E) map_matrix_ecomp.
  by rewrite size_map.
- by rewrite /exact one_hot_run /= pick_e enum_rankK.
- by rewrite /cast_state one_hot_run /= threshold_e pick_e enum_rankK.
Qed.
End Automaton.

(** ** Parity *)
Definition parity_layer : linear_layer R bool bool :=
  @LinearLayer R bool bool 1 1 (fun a => ((-1) ^+ a)%:M) (fun _ => 0) 1%:M (fun H _ => H 0 0 != 1).

Theorem parity_by_minus_one w x :
  exact parity_layer w x = odd (count id (rcons w x)) /\
  cast_state parity_layer threshold w x = odd (count id (rcons w x)).
Proof.
have H v : run parity_layer v (start parity_layer) = ((-1) ^+ odd (count id v))%:M.
  elim/last_ind: v => // v a IH.
  rewrite run_rcons IH /= addr0 -scalar_mxM -signr_addb -cats1 count_cat oddD /= addn0 oddb.
  by rewrite addbC.
rewrite /exact /cast_state H; case: (odd _) => /=; rewrite !mxE eqxx mulr1n.
  split; first by rewrite expr1 lt_eqF // (lt_trans (ltrN10 R) ltr01).
  by rewrite expr1 /threshold (lt_trans (ltrN10 R)) ?invr_gt0 ?ltr0n // eq_sym oner_eq0.
by rewrite expr0 threshold1 eqxx.
Qed.
End Threshold.
