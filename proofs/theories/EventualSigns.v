(** * Real spectra and eventual signs

    The analytic heart of Theorems 1 and 2 of Grazzi et al., without Jordan form,
    limits, or completeness of the field. Let [s : nat -> R] be a sequence over an
    ordered field and [lam >= 0]. If [s (k+1) - lam s k] has eventually
    constant sign, so has [s] ([evsign_step]). If the characteristic polynomial of [A]
    is a product of [X - lam_i] with all [lam_i >= 0], then by Cayley and Hamilton
    the operators [E - lam_i], applied one after the other, annihilate each entry of
    [C A^k M]; so each entry has eventually constant sign ([power_evsign]). A sequence
    whose differences have eventually constant sign, cast monotonically into
    a finite set, is eventually constant ([sign_evconst]).

    "Eventually" cannot be had constructively from this; [classically] marks it. *)
From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Words.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition evconst (T : Type) (s : nat -> T) :=
  exists K, forall k, (K <= k)%N -> s k = s K.

Lemma evconst_comp T U (f : T -> U) s : evconst s -> evconst (f \o s).
Proof. by move=> [K H]; exists K => k /H /= ->. Qed.

Lemma eq_evconst T (s t : nat -> T) : s =1 t -> evconst s -> evconst t.
Proof. by move=> e [K H]; exists K => k /H; rewrite !e. Qed.

(** Finitely many sequences that are eventually constant are so together. *)
Lemma evconst_fin (F : finType) T (s : F -> nat -> T) :
  (forall i, classically (evconst (s i))) ->
  classically (exists K, forall i k, (K <= k)%N -> s i k = s i K).
Proof.
move=> H b Hb; apply: (classic_fin H) => {}H; apply: Hb.
have [K HK] := fin_all_exists H; exists (\max_i K i)%N => i k Kk.
by rewrite (HK i k) ?(HK i (\max_i K i)%N) ?leq_bigmax // (leq_trans _ Kk) // leq_bigmax.
Qed.

Lemma evconst_mx R n m (s : nat -> 'M[R]_(n, m)) :
  (forall i j, classically (evconst (fun k => s k i j))) -> classically (evconst s).
Proof.
move=> H; have {}H : forall ij : 'I_n * 'I_m, classically (evconst (fun k => s k ij.1 ij.2)) by case.
apply: (classic_imp _ (evconst_fin H)) => -[K HK]; exists K => k Kk.
by apply/matrixP => i j; apply: (HK (i, j)).
Qed.

(** ** Monotone with finite range *)
Lemma nondec_evconst disp (V : orderType disp) (D : seq V) (s : nat -> V) K :
  (forall k, (K <= k)%N -> (s k <= s k.+1)%O) ->
  (forall k, (K <= k)%N -> s k \in D) -> classically (evconst s).
Proof.
move=> mono; have {}mono : forall i j, (K <= i)%N -> (i <= j)%N -> (s i <= s j)%O.
  move=> i j Ki /subnK <-; elim: (j - i)%N => // n IH.
  by apply: le_trans IH _; rewrite addSn mono // (leq_trans Ki) // leq_addl.
elim: D K mono => [|a D IH] K mono inD b Hb; first by have := inD K (leqnn K).
apply: (@classic_EM (exists J, (K <= J)%N /\ forall k, (J <= k)%N -> s k \in D)).
case=> [[J [KJ HJ]]|no].
  by apply: (IH J) => // i j Ji; apply: mono; apply: leq_trans KJ Ji.
have inf : forall k, (K <= k)%N -> classically (exists j, (k <= j)%N /\ s j = a).
  move=> k Kk c Hc; apply: (@classic_EM (exists j, (k <= j)%N /\ s j = a)).
  case=> [|no']; first exact: Hc.
  exfalso; apply: no; exists k; split=> // j kj.
  have := inD j (leq_trans Kk kj); rewrite inE => /orP[/eqP sj|//].
  by exfalso; apply: no'; exists j.
apply: (inf K (leqnn K)) => -[k0 [Kk0 s0]]; apply: Hb; exists k0 => k k0k.
apply/eqP; rewrite Order.POrderTheory.eq_le; apply/andP; split; last exact: mono.
apply: (inf k (leq_trans Kk0 k0k)) => -[j [kj sj]]; rewrite s0 -sj.
exact: mono (leq_trans Kk0 k0k) kj.
Qed.

Section Sign.
Variable R : realFieldType.
Implicit Types s : nat -> R.

Definition evsign s := exists K,
  (forall k, (K <= k)%N -> 0 <= s k) \/ (forall k, (K <= k)%N -> s k <= 0).

Lemma evsign_eq s t : s =1 t -> evsign s -> evsign t.
Proof.
by move=> e [K [H|H]]; exists K; [left|right] => k Kk; rewrite -e; apply: H.
Qed.

Lemma evsign_step_pos (lam : R) s K : 0 <= lam ->
  (forall k, (K <= k)%N -> 0 <= s k.+1 - lam * s k) -> classically (evsign s).
Proof.
move=> l0 H b Hb.
apply: (@classic_EM (exists k, (K <= k)%N /\ 0 <= s k)) => -[[k [Kk sk]]|no];
  apply: Hb.
  exists k; left => j /subnK <-; elim: (j - k)%N => // n IH.
  rewrite addSn; have /H : (K <= n + k)%N by rewrite (leq_trans Kk) // leq_addl.
  rewrite subr_ge0; apply: le_trans; exact: mulr_ge0.
exists K; right => k Kk; rewrite leNgt; apply/negP => sk.
by apply: no; exists k; split => //; apply: ltW.
Qed.

Lemma evsign_step (lam : R) s : 0 <= lam ->
  evsign (fun k => s k.+1 - lam * s k) -> classically (evsign s).
Proof.
move=> l0 [K [H|H]]; first exact: evsign_step_pos H.
move=> b Hb; apply: (@evsign_step_pos lam (fun k => - s k) K l0).
  by move=> k /H; rewrite mulrN -opprD oppr_ge0.
move=> [J [h|h]]; apply: Hb; exists J.
  by right => k /h; rewrite oppr_ge0.
by left => k /h; rewrite oppr_le0.
Qed.

(** A cast: monotone, with values in a finite set. *)
Definition finite_cast (c : R -> R) :=
  {homo c : x y / x <= y} /\ exists D : seq R, forall x, c x \in D.

Lemma sign_evconst (c : R -> R) s : finite_cast c ->
  evsign (fun k => s k.+1 - s k) -> classically (evconst (c \o s)).
Proof.
move=> [hc [D HD]] [K [H|H]].
  apply: (@nondec_evconst _ _ D _ K) => k Kk; last exact: HD.
  by apply: hc; rewrite -subr_ge0 H.
move=> b Hb; apply: (@nondec_evconst _ _ (map -%R D) (fun k => - c (s k)) K).
- by move=> k Kk; rewrite ler_oppl opprK; apply: hc; rewrite -subr_le0 H.
- by move=> k Kk; apply: map_f; apply: HD.
- by move=> [J HJ]; apply: Hb; exists J => k /HJ /oppr_inj.
Qed.

(** ** Matrices whose eigenvalues are real, or real and non-negative

    Stated through the characteristic polynomial; [RealEigenvalues] proves that
    over a real closed field this is what the words say. *)
Section Spectra.
Variable n : nat.
Implicit Types A P : 'M[R]_n.

Definition real_spectrum A :=
  exists rs : seq R, char_poly A = \prod_(r <- rs) ('X - r%:P).
Definition nonneg_spectrum A := exists2 rs : seq R, all (fun r => 0 <= r) rs &
  char_poly A = \prod_(r <- rs) ('X - r%:P).

(** [(A - r_1) … (A - r_m) M] *)
Definition annihilate A (rs : seq R) m (M : 'M[R]_(n, m)) :=
  foldl (fun X r => (A - r%:M) *m X) M rs.
Definition nonneg_annihilated A := exists2 rs : seq R, all (fun r => 0 <= r) rs &
  forall m (M : 'M[R]_(n, m)), annihilate A rs M = 0.
End Spectra.

Lemma annihilate_horner n (P : 'M[R]_n.+1) (q : {poly R}) rs m (M : 'M_(n.+1, m)) :
  annihilate (horner_mx P q) rs M = horner_mx P (\prod_(r <- rs) (q - r%:P)) *m M.
Proof.
elim: rs M => [|r rs IH] M /=; first by rewrite big_nil rmorph1 mul1mx.
rewrite IH big_cons mulrC rmorphM /= -mulmxA; congr (_ *m (_ *m _)).
by rewrite rmorphB /= horner_mx_C.
Qed.

Lemma nonneg_spectrum_annihilated n (A : 'M[R]_n) : nonneg_spectrum A -> nonneg_annihilated A.
Proof.
case: n A => [|n] A [rs rs0 Hc]; exists rs => // m M; first by apply/matrixP => -[].
rewrite -{1}(horner_mx_X A) annihilate_horner -Hc.
by rewrite Cayley_Hamilton mul0mx.
Qed.

(** Real eigenvalues: those of the square are non-negative. *)
Lemma real_spectrum_square n (A : 'M[R]_n) : real_spectrum A -> nonneg_annihilated (A *m A).
Proof.
case: n A => [|n] A [rs Hc]; first by exists [::] => // m M; apply/matrixP => -[].
exists [seq r ^+ 2 | r <- rs]; first by apply/allP => _ /mapP[r _ ->]; rewrite sqr_ge0.
move=> m M; have -> : A *m A = horner_mx A ('X ^+ 2).
  by rewrite rmorphX /= horner_mx_X expr2.
rewrite annihilate_horner big_map.
have -> : \prod_(r <- rs) ('X^2 - (r ^+ 2)%:P) =
          \prod_(r <- rs) ('X - r%:P) * \prod_(r <- rs) ('X + r%:P) :> {poly R}.
  by rewrite -big_split /=; apply: eq_bigr => r _; rewrite polyC_exp subr_sqr.
by rewrite rmorphM /= -Hc Cayley_Hamilton mul0r mul0mx.
Qed.

Lemma iterB n m (A : 'M[R]_n) k (X Y : 'M_(n, m)) :
  iter k (mulmx A) (X - Y) = iter k (mulmx A) X - iter k (mulmx A) Y.
Proof. by elim: k => //= q ->; rewrite mulmxBr. Qed.

Lemma iterZ n m (A : 'M[R]_n) k r (X : 'M_(n, m)) :
  iter k (mulmx A) (r *: X) = r *: iter k (mulmx A) X.
Proof. by elim: k => //= q ->; rewrite scalemxAr. Qed.

Lemma power_evsign p n (C : 'M[R]_(p, n)) (A : 'M[R]_n) m (M : 'M_(n, m)) i j :
  nonneg_annihilated A -> classically (evsign (fun k => (C *m iter k (mulmx A) M) i j)).
Proof.
case=> rs rs0 /(_ m M); elim: rs rs0 m M j => [_ m M j /= -> b Hb|r rs IH /= /andP[r0 rs0] m M j H b Hb].
  apply: Hb; exists 0%N; left => k _.
  have -> : iter k (mulmx A) 0 = 0 :> 'M_(n, m) by elim: k => //= q ->; rewrite mulmx0.
  by rewrite mulmx0 mxE.
apply: (IH rs0 _ _ j H) => H1; apply: (evsign_step r0 _ Hb).
apply: evsign_eq H1 => k; rewrite mulmxBl mul_scalar_mx iterB iterZ -iterSr.
by rewrite mulmxBr -scalemxAr [LHS]mxE; congr (_ + _); rewrite mxE mxE.
Qed.

(** [C A^k M], cast entry by entry, is eventually constant. *)
Lemma cast_power_evconst (c : R -> R) p n (C : 'M[R]_(p, n)) (A : 'M[R]_n) m (M : 'M_(n, m)) :
  finite_cast c -> nonneg_annihilated A ->
  classically (evconst (fun k => map_mx c (C *m iter k (mulmx A) M))).
Proof.
move=> Hc HA; apply: evconst_mx => i j b Hb.
apply: (power_evsign (C := C) (M := A *m M - M) (i := i) (j := j) HA) => Hs.
apply: (sign_evconst (s := fun k => (C *m iter k (mulmx A) M) i j) Hc) => [|S]; last first.
  by apply: Hb; apply: eq_evconst S => k; rewrite mxE.
apply: evsign_eq Hs => k.
by rewrite iterB -iterSr mulmxBr mxE; congr (_ + _); rewrite mxE.
Qed.
End Sign.
