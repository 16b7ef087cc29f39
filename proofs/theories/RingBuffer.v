(** * A ring of the last letters

    One layer remembers the last [M] letters, if the layers below number the letters modulo [M]: its state has a coordinate for each number;
    a letter with the number [j] clears coordinate [j], by [I - e_j e_j^T], and writes its code there. ([M] is not a bound on the
    word: older letters are overwritten.) Before the first letter each coordinate holds the code of a blank.

    - [single_factor]: the matrices [I - v v^T], [v] real with [v^T v <= 2]: one factor of norm at most 1, or the identity; the
      reflections of [TwoReflections] are such, and the ring's projections, and swaps of two coordinates;
    - [ring_layer_ok]: the ring is a layer of such matrices with finitely many states;
    - [ring_content]: what it holds, if [m] blanks precede the word and [M] letters are kept. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra all_field.
From Eigenmata Require Import Words Networks LinearLayers Settling HouseholderFactors TwoReflections.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.
Local Notation K := [comRingType of algC].

(** ** One factor of norm at most 1 *)
Definition single_factor n (A : 'M[algC]_n) := exists v : 'cV_n,
  [/\ forall i, v i 0 \is Num.real, (v^T *m v) 0 0 <= 2%:R & A = 1%:M - v *m v^T].

Lemma single_factor1 n : single_factor (1%:M : 'M_n).
Proof.
by exists 0; split=> [i||]; rewrite ?mul0mx ?mulmx0 ?subr0 // !mxE ?real0 // ler0n.
Qed.

Lemma reflection_single n (A : 'M[algC]_n) : one_reflection A -> single_factor A.
Proof.
case=> [->|[v [rv v1 ->]]]; first exact: single_factor1.
have s2 : sqrtC 2%:R * sqrtC 2%:R = 2%:R :> algC by rewrite -expr2 sqrtCK.
have rs : (sqrtC 2%:R : algC) \is Num.real by rewrite ger0_real // sqrtC_ge0 ler0n.
have tr : (sqrtC 2%:R *: v)^T = sqrtC 2%:R *: v^T by apply/matrixP => i j; rewrite !mxE.
exists (sqrtC 2%:R *: v); split=> [i||]; first by rewrite mxE rpredM.
  by rewrite tr -scalemxAl -scalemxAr scalerA s2 v1 !mxE eqxx mulr1.
by rewrite tr -scalemxAl -scalemxAr scalerA s2.
Qed.

Lemma e_real n (i k : 'I_n) : e K i k 0 \is Num.real.
Proof. by rewrite e_entry realn. Qed.
Lemma e_inner n (i j : 'I_n) : (e K i)^T *m e K j = (i == j)%:R%:M.
Proof.
apply/matrixP => k l; rewrite !ord1 !mxE (bigD1 i) //= big1 => [|q /negPf qi]; last by rewrite !mxE qi mul0r.
by rewrite !mxE !eqxx !andbT mul1r addr0 mulr1n.
Qed.

Lemma projection_single n (i : 'I_n) : single_factor (factor (e K i, e K i)).
Proof.
by exists (e _ i); split=> // [k|]; rewrite ?e_real // e_inner eqxx !mxE eqxx ler_nat.
Qed.

Lemma swap_single n (i j : 'I_n) : single_factor (map_matrix K (tperm i j)).
Proof.
rewrite transposition_factor; exists (e _ i - e _ j); split=> // [k|].
  by rewrite !mxE rpredB // realn.
have -> : (e K i - e K j)^T = (e K i)^T - (e K j)^T by apply/matrixP => k l; rewrite !mxE.
rewrite mulmxBl !mulmxBr !e_inner [j == i]eq_sym !eqxx.
by case: (i == j); rewrite !mxE eqxx !mulr1n ?subrr ?subr0 ?sub0r ?opprK -?natrD ?ler0n ?lexx.
Qed.

(** Layers of such matrices, with finitely many states. *)
Definition single_factor_layer I O (f : causal I O) := exists L : linear_layer algCring I O,
  [/\ f =2 exact L, forall x, single_factor (transition L x) & finite_orbit L (@all_words I)].

Lemma reflection_layer_single I O (f : causal I O) : reflection_layer f -> single_factor_layer f.
Proof. by case=> L [fL one _ fin]; exists L; split=> // x; apply: reflection_single. Qed.

(** ** The ring *)
Section Ring.
Variables (X : Type) (T : finType) (token : X -> T) (blank : T) (M : nat).
Notation letter := (X * 'I_M)%type.
Notation content := {ffun 'I_M -> T}.

Definition ring_write (r : content) (a : letter) : content := [ffun s => if s == a.2 then token a.1 else r s].
Definition ring (v : seq letter) : content := foldl ring_write [ffun=> blank] v.

Definition ring_code (t : T) : algC := (enum_rank t)%:R.
Lemma ring_code_inj : injective ring_code.
Proof. by move=> t t' /eqP; rewrite /ring_code eqr_nat => /eqP/val_inj/enum_rank_inj. Qed.

Definition ring_layer : linear_layer algCring letter (letter * content) :=
  @LinearLayer algCring letter (letter * content) M 1 (fun a => factor (e K a.2, e K a.2))
    (fun a => ring_code (token a.1) *: e K a.2) (const_mx (ring_code blank))
    (fun H a => (a, [ffun s => odflt blank [pick t | H s 0 == ring_code t]])).

Lemma ring_run v : run ring_layer v (start ring_layer) = \col_s ring_code (ring v s).
Proof.
elim/last_ind: v => [|v a IH]; first by apply/matrixP => s k; rewrite !mxE ffunE.
rewrite run_rcons IH /= /ring -cats1 foldl_cat /= -/(ring v).
apply/matrixP => s k; rewrite ord1 /factor mulmxBl mul1mx -mulmxA !mxE big_ord1.
have -> : ((e K a.2)^T *m (\col_s ring_code (ring v s))) 0 0 = ring_code (ring v a.2).
  rewrite mxE (bigD1 a.2) //= big1 => [|q /negPf qa]; last by rewrite !mxE qa mul0r.
  by rewrite !mxE eqxx mul1r addr0.
rewrite !mxE ffunE /= !andbT; case: eqP => [->|_]; first by rewrite mul1r subrr add0r mulr1.
by rewrite mul0r mulr0 subr0 addr0.
Qed.

Lemma ring_answer v a : exact ring_layer v a = (a, ring (rcons v a)).
Proof.
rewrite /exact ring_run /=; congr (_, _); apply/ffunP => s; rewrite ffunE.
case: pickP => [t|/(_ (ring (rcons v a) s))]; rewrite mxE ?eqxx //.
by move/eqP/ring_code_inj.
Qed.

Lemma ring_layer_ok : single_factor_layer (fun v a => (a, ring (rcons v a))).
Proof.
exists ring_layer; split=> [v a|a|]; first by rewrite ring_answer.
  exact: projection_single.
by exists [seq ring_code t | t <- enum T] => v i j _; rewrite ring_run mxE map_f // mem_enum.
Qed.

(** ** What the ring holds *)
Hypothesis M0 : (0 < M)%N.
Definition place k : 'I_M := Ordinal (ltn_pmod k M0).
Lemma eq_place k l : (k == l %[mod M])%N -> place k = place l.
Proof. by move/eqP => E; apply: val_inj. Qed.

(** [m] blanks before the word count as letters. *)
Variable m : nat.
Definition numbered (w : seq X) (x : X) : letter := (x, place (m + size w)).
Definition padded (w : seq X) : seq T := nseq m blank ++ map token w.
Lemma size_padded w : size (padded w) = (m + size w)%N.
Proof. by rewrite size_cat size_nseq size_map. Qed.
Lemma padded_rcons w x : padded (rcons w x) = rcons (padded w) (token x).
Proof. by rewrite /padded map_rcons rcons_cat. Qed.

Lemma ring_content w k : (k < m + size w <= k + M)%N -> ring (outputs numbered w) (place k) = nth blank (padded w) k.
Proof.
elim/last_ind: w k => [|w x IH] k.
  by rewrite addn0 => /andP[km _]; rewrite ffunE /padded cats0 nth_nseq km.
rewrite size_rcons addnS ltnS => /andP[kw wk].
rewrite outputs_rcons /ring -cats1 foldl_cat /= -/(ring _) ffunE padded_rcons nth_rcons size_padded /=.
have [->|kn] := eqVneq k (m + size w)%N; first by rewrite ltnn !eqxx.
have lt : (k < m + size w)%N by rewrite ltn_neqAle kn.
rewrite lt ifN; first by rewrite IH // lt ltnW.
apply/eqP => /(congr1 val) /= /eqP; rewrite eq_sym eqn_mod_dvd // => /dvdn_leq.
by rewrite subn_gt0 lt => /(_ isT); rewrite leqNgt ltn_subLR ?wk // ltnW.
Qed.
End Ring.
