(** * Cyclic and dihedral groups by two layers of reflections

    Real (algebraic) matrices, each the identity or a single reflection [I - 2 v v^T], [v^T v = 1], so that each has the
    eigenvalues 1 and -1 only; no input; finitely many states. Proved here, for every [m > 0]:
    - [dihedral_two_reflections]: two layers of such matrices track the dihedral group with [2 m] elements, whatever its
      elements the letters stand for;
    - [counter_two_reflections]: so they count modulo [m]. (What [Parity.counting_needs_complex_eigenvalues] forbids, up to the cast,
      are real eigenvalues of products of letters; a product of two reflections is a rotation.)

    Proof. An element is [k -> i + k] or [k -> i - k] modulo [m], [i] an integer. Layer 1 has one coordinate: -1 for a letter [k -> i + k]
    (it counts them modulo 2, the result is [c]), 1 for the others. Layer 2 turns a plane, angles in units of a [4 m]-th of
    the full turn. After [t] letters it is at the angle [(-1)^t (1 - 4 i)], and a letter reflects it, [a -> 4 (-1)^c i - a],
    with the [c] before the letter; the other bit of the element is the sum of [c] and [t], and [a] modulo 4 tells [t]. *)
From Coq Require Import Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field zify ring.
From Eigenmata Require Import Words Networks LinearLayers Settling.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Reflections of the plane *)
(** Cosine and sine of the number [p] of modulus 1. *)
Definition cosine (p : algC) : algC := (p + p^-1) / 2%:R.
Definition sine (p : algC) : algC := 'i * (p^-1 - p) / 2%:R.

Lemma sine_mul p q : sine p * sine q = - ((p^-1 - p) * (q^-1 - q)) / 4%:R.
Proof.
have E (j u v : algC) : j * u / 2%:R * (j * v / 2%:R) = j ^+ 2 * (u * v) / 4%:R by field.
by rewrite /sine E sqrCi mulN1r.
Qed.

Lemma unit_real p : `|p| = 1 -> (cosine p \is Num.real) && (sine p \is Num.real).
Proof.
move=> p1; have cp : p^* = p^-1 by rewrite invC_norm p1 expr1n invr1 mul1r.
have cq : (p^-1)^* = p by rewrite -cp conjCK.
have c2 : (2%:R^-1)^* = 2%:R^-1 :> algC by rewrite fmorphV rmorph_nat.
rewrite !CrealE /cosine /sine !(rmorphM, rmorphD, rmorphN) /= c2 conjCi cp cq.
by rewrite [p^-1 + p]addrC eqxx /= mulNr -mulrN opprB eqxx.
Qed.

Definition point (q : algC) : 'cV[algC]_2 := \col_i (if i == 0 then cosine q else sine q).
Definition mirror (p : algC) : 'M[algC]_2 :=
  \matrix_(i, j) (if i == 0 then (if j == 0 then cosine p else sine p) else if j == 0 then sine p else - cosine p).

Lemma mirror_point p q : p != 0 -> q != 0 -> mirror p *m point q = point (p / q).
Proof.
move=> p0 q0; apply/matrixP => i j; rewrite !mxE !big_ord_recl big_ord0 !mxE /=; case: i => -[|[|//]] ? /=.
  by rewrite sine_mul /cosine; field; rewrite p0 q0.
by rewrite /cosine /sine; field; rewrite p0 q0.
Qed.

(** The identity, or one reflection. *)
Definition one_reflection n (A : 'M[algC]_n) := A = 1%:M \/
  exists v : 'cV_n, [/\ forall i, v i 0 \is Num.real, v^T *m v = 1%:M & A = 1%:M - 2%:R *: (v *m v^T)].

Lemma mirror_reflection h : `|h| = 1 -> one_reflection (mirror (h ^+ 2)).
Proof.
move=> h1; have h0 : h != 0 by rewrite -normr_eq0 h1 oner_eq0.
have /andP[rc rs] := unit_real h1.
right; exists (\col_i (if i == 0 then sine h else - cosine h)); split=> [i||].
- by rewrite mxE; case: ifP => _; rewrite ?rpredN.
- apply/matrixP => i j; rewrite !ord1 !mxE !big_ord_recl big_ord0 !mxE /= sine_mul /cosine.
  by field; rewrite h0.
apply/matrixP => i j; rewrite !mxE !big_ord_recl big_ord0 !mxE /= addr0.
by case: i j => -[|[|//]] ? [[|[|//]] ?] /=; rewrite ?sine_mul /cosine /sine; field; rewrite h0.
Qed.

Lemma point_inj : injective point.
Proof.
move=> p q /matrixP E; have E0 := E 0 0; have E1 := E 1 0; rewrite !mxE /= in E0 E1.
have two0 : 2%:R != 0 :> algC by rewrite pnatr_eq0.
have F (j u v : algC) : (u + v) / 2%:R + j * (j * (v - u) / 2%:R) = (u + v + j ^+ 2 * (v - u)) / 2%:R by field.
have H r : cosine r + 'i * sine r = r.
  by rewrite F sqrCi mulN1r opprB addrACA addrN addr0 -mulr2n -[r *+ 2]mulr_natr mulfK.
by rewrite -(H p) E0 E1 H.
Qed.

(** Layers of such matrices, without input, with finitely many states. *)
Definition reflection_layer I O (f : causal I O) := exists L : linear_layer algCring I O,
  [/\ f =2 exact L, forall x, one_reflection (transition L x), forall x, input L x = 0 & finite_orbit L (@all_words I)].

(** ** The dihedral group *)
(** [(b, i)] is [k -> i + k], or [k -> i - k] if [b]. *)
Definition dihedral_mul (g x : bool * int) : bool * int := (g.1 (+) x.1, g.2 + (-1) ^+ g.1 * x.2).
Definition dihedral_product I (eta : I -> bool * int) (w : seq I) := foldl (fun g a => dihedral_mul g (eta a)) (false, 0) w.

Section Dihedral.
Variables (m : nat) (I O : Type) (eta : I -> bool * int) (dec : bool * int -> I -> O).
Hypothesis m0 : (0 < m)%N.

(** Layer 1. *)
Definition rotations (w : seq I) : bool := odd (count (fun a => ~~ (eta a).1) w).
Definition rotation_layer : linear_layer algCring I (I * bool) :=
  @LinearLayer algCring I (I * bool) 1 1 (fun a => (if (eta a).1 then 1 else -1)%:M) (fun _ => 0) 1%:M
    (fun H a => (a, H 0 0 != 1)).

Lemma rotations_rcons w a : rotations (rcons w a) = rotations w (+) ~~ (eta a).1.
Proof. by rewrite /rotations -cats1 count_cat oddD /= addn0 oddb. Qed.

Lemma rotation_run w : run rotation_layer w (start rotation_layer) = ((-1) ^+ rotations w)%:M.
Proof.
elim/last_ind: w => // w a IH; rewrite run_rcons IH /= addr0 -scalar_mxM rotations_rcons.
by rewrite signr_addb mulrC; case: (eta a).1; rewrite /= ?expr0 ?expr1.
Qed.

Lemma sign_eq1 (b : bool) : ((-1) ^+ b == 1 :> algC) = ~~ b.
Proof. by case: b; rewrite ?eqxx // expr1 eqNr oner_eq0. Qed.

Lemma rotation_layer_ok : reflection_layer (fun w a => (a, rotations (rcons w a))).
Proof.
exists rotation_layer; split=> // [w a|a|].
- by rewrite /exact rotation_run /= mxE eqxx mulr1n sign_eq1 negbK.
- rewrite /=; case: (eta a).1; [by left | right]; exists 1%:M; split=> [i||].
  + by rewrite mxE; case: eqP.
  + by rewrite trmx1 mulmx1.
  by rewrite trmx1 mulmx1 scalemx1 -raddfB /= opprD addrA subrr sub0r.
exists [:: 1; -1] => w i j _; rewrite rotation_run !ord1 mxE eqxx mulr1n !inE.
by case: (rotations w); rewrite ?expr1 ?expr0 eqxx ?orbT.
Qed.

(** Layer 2: [h] is a primitive root of order [8 m]; [h^2] is one unit of angle. *)
Variable h : algC.
Hypothesis hP : (8 * m).-primitive_root h.

Lemma h_norm (k : int) : `|h ^ k| = 1.
Proof.
have h1 : `|h| = 1.
  by apply/eqP; rewrite -(@pexpr_eq1 _ _ (8 * m)) ?normr_ge0 ?muln_gt0 // -normrX (prim_expr_order hP) normr1.
by case: k => k; rewrite ?NegzE -?exprnN -?exprnP ?normfV normrX h1 expr1n ?invr1.
Qed.
Lemma h_neq0 : h != 0.
Proof. by have := h_norm 1; rewrite expr1z => E; rewrite -normr_eq0 E oner_eq0. Qed.

Definition angle (a : int) : algC := h ^ (2%:Z * a).
Lemma angleB a b : angle (a - b) = angle a / angle b.
Proof. by rewrite /angle mulrBr expfzDr ?h_neq0 // -invr_expz. Qed.
Lemma angle_neq0 a : angle a != 0.
Proof. by rewrite expfz_neq0 // h_neq0. Qed.


Lemma angle_period a b : angle a = angle b <-> (a == b %[mod (4 * m)%N])%Z.
Proof.
have E (n : nat) : (h ^+ (2 * n) == 1) = (4 * m %| n)%N.
  by rewrite -(prim_order_dvd hP) -[8%N]/(2 * 4)%N -mulnA dvdn_pmul2l.
have Ez (z : int) : (angle z == 1) = ((4 * m)%N%:Z %| z)%Z.
  rewrite /angle; case: z => k; first by rewrite -PoszM -exprnP E.
  by rewrite NegzE mulrN -PoszM -exprnN invr_eq1 E.
rewrite eqz_mod_dvd -Ez angleB; split=> [->|/eqP E1]; first by rewrite divff ?angle_neq0.
by apply: (divIf (angle_neq0 b)); rewrite E1 divff ?angle_neq0.
Qed.

Lemma angle_modz a : angle (a %% (4 * m)%N)%Z = angle a.
Proof. by apply/angle_period; rewrite modz_mod. Qed.

Notation J := (I * bool)%type.
(** The element before is told by the new count and the letter; the sign of the count before turns the letter. *)
Definition before (a : J) : bool := a.2 (+) ~~ (eta a.1).1.
Definition axis (a : J) : int := 4%:Z * ((-1) ^+ before a * (eta a.1).2).
Definition code (t : bool) (i : int) : int := (-1) ^+ t * (1 - 4%:Z * i).

Definition plane_layer : linear_layer algCring J O :=
  @LinearLayer algCring J O 2 1 (fun a => mirror (angle (axis a))) (fun _ => 0) (point (angle 1))
    (fun H a => if [pick ti : bool * 'I_m | H == point (angle (code ti.1 ti.2))] is Some ti
                then dec (a.2 (+) ti.1, (ti.2 : nat)%:Z) a.1 else dec (false, 0) a.1).

Lemma code_inj t t' i i' : angle (code t i) = angle (code t' i') -> t = t' /\ (i == i' %[mod m])%Z.
Proof.
have two (j : int) : ((4 * m)%N%:Z %| 2%:Z + 4%:Z * j)%Z = false.
  by apply/negP => /dvdzP[q]; rewrite PoszM; set r := m%:Z; lia.
move=> /angle_period; rewrite !eqz_mod_dvd /code.
case: t t' => -[]; rewrite ?expr0 ?expr1 ?mul1r ?mulN1r.
- have -> : - (1 - 4%:Z * i) - - (1 - 4%:Z * i') = 4%:Z * (i - i') by ring.
  by rewrite PoszM dvdz_mul2l.
- have -> : - (1 - 4%:Z * i) - (1 - 4%:Z * i') = 2%:Z + 4%:Z * (i + i' - 1) by ring.
  by rewrite two.
- have -> : 1 - 4%:Z * i - - (1 - 4%:Z * i') = 2%:Z + 4%:Z * (- (i + i')) by ring.
  by rewrite two.
have -> : 1 - 4%:Z * i - (1 - 4%:Z * i') = 4%:Z * (i' - i) by ring.
by rewrite PoszM dvdz_mul2l // -!eqz_mod_dvd eq_sym.
Qed.

Lemma code_mod t i i' : (i == i' %[mod m])%Z -> angle (code t i) = angle (code t i').
Proof.
rewrite eqz_mod_dvd => D; apply/angle_period; rewrite eqz_mod_dvd /code.
have -> : (-1) ^+ t * (1 - 4%:Z * i) - (-1) ^+ t * (1 - 4%:Z * i') = 4%:Z * (i - i') * - (-1) ^+ t by ring.
by rewrite dvdz_mulr // PoszM dvdz_mul2l.
Qed.

(** What the letters lead to. *)
Notation f1 := (fun w a => (a, rotations (rcons w a))).
Lemma product_sign w : (dihedral_product eta w).1 = odd (size w) (+) rotations w.
Proof.
elim/last_ind: w => // w a IH; rewrite /dihedral_product -cats1 foldl_cat /= -/(dihedral_product eta w) IH.
rewrite cats1 rotations_rcons size_rcons /=.
by case: (odd _); case: (rotations w); case: (eta a).1.
Qed.

Lemma plane_any v : exists a, run plane_layer v (start plane_layer) = point (angle a).
Proof.
elim/last_ind: v => [|v a [b IH]]; first by exists 1.
by exists (axis a - b); rewrite run_rcons IH /= addr0 mirror_point ?angle_neq0 // -angleB.
Qed.

Lemma plane_run w : run plane_layer (outputs f1 w) (start plane_layer)
  = point (angle (code (odd (size w)) (dihedral_product eta w).2)).
Proof.
elim/last_ind: w => [|w a IH]; first by rewrite /= /code expr0 mul1r mulr0 subr0.
rewrite outputs_rcons run_rcons IH /= addr0 mirror_point ?angle_neq0 // -angleB; congr (point (angle _)).
have sg := product_sign w; rewrite /axis /before /= rotations_rcons -addbA addbb addbF.
rewrite /dihedral_product -[in RHS]cats1 foldl_cat /= -/(dihedral_product eta w) cats1 size_rcons sg /code /=.
move: (dihedral_product eta w).2 (eta a).2 => i j.
by case: (odd _); case: (rotations w); rewrite /= ?expr0 ?expr1; ring.
Qed.

Lemma plane_layer_ok : reflection_layer (exact plane_layer).
Proof.
exists plane_layer; split=> // [a|].
  rewrite /= /angle mulrC -exprz_exp -exprnP; apply: mirror_reflection; exact: h_norm.
exists (flatten [seq [:: cosine (angle k%:Z); sine (angle k%:Z)] | k <- iota 0 (4 * m)]) => w i j _.
have [a ->] := plane_any w; rewrite -(angle_modz a).
have m4 : (0 < 4 * m)%N by rewrite muln_gt0.
have : (0 <= a %% (4 * m)%N)%Z by apply: modz_ge0; rewrite eqz_nat -lt0n.
have : (a %% (4 * m)%N < (4 * m)%N)%Z by apply: ltz_pmod; rewrite ltz_nat.
case: (a %% (4 * m)%N)%Z => // k; rewrite ltz_nat => km _; apply/flattenP.
exists [:: cosine (angle k%:Z); sine (angle k%:Z)]; last by rewrite mxE !inE; case: ifP; rewrite eqxx ?orbT.
by apply/mapP; exists k => //; rewrite mem_iota.
Qed.

Lemma plane_answer w x : exact plane_layer (outputs f1 w) (x, rotations (rcons w x)) =
  dec ((dihedral_product eta (rcons w x)).1, ((dihedral_product eta (rcons w x)).2 %% m)%Z) x.
Proof.
rewrite /exact -[rcons (outputs f1 w) _](outputs_rcons f1) plane_run /=; set t := odd _; set g := dihedral_product _ _.
have mz : m%:Z != 0 by rewrite eqz_nat -lt0n.
have [r Er] : exists r : 'I_m, (g.2 %% m)%Z = (r : nat)%:Z.
  have : (0 <= g.2 %% m)%Z by apply: modz_ge0.
  have : (g.2 %% m < m)%Z by apply: ltz_pmod; rewrite ltz_nat.
  by case: (g.2 %% m)%Z => // k; rewrite ltz_nat => km _; exists (Ordinal km).
have small (i : 'I_m) : ((i : nat)%:Z %% m)%Z = (i : nat)%:Z by rewrite modz_small // ltz_nat ltn_ord.
case: pickP => [[t' i] /= /eqP /point_inj /code_inj[<- /eqP E]|/(_ (t, r)) /=]; last first.
  by rewrite (code_mod t (i := g.2) (i' := (r : nat)%:Z)) ?eqxx // -Er modz_mod.
congr (dec (_, _) x); last by rewrite E small.
by rewrite product_sign addbC.
Qed.
End Dihedral.

Theorem dihedral_two_reflections m I O (eta : I -> bool * int) (dec : bool * int -> I -> O) : (0 < m)%N ->
  exists N : network I O, [/\ layers_in reflection_layer N, depth N = 2%N &
    forall w x, net N w x = let g := dihedral_product eta (rcons w x) in dec (g.1, (g.2 %% m)%Z) x].
Proof.
move=> m0; have [|h hP] := @C_prim_root_exists (8 * m); first by rewrite muln_gt0.
exists (Stack (fun w a => (a, rotations eta (rcons w a))) (Stack (exact (plane_layer m eta dec h)) (Decode id))).
split=> //= [|w x]; last by rewrite /compose (plane_answer eta dec m0 hP).
split; first exact: rotation_layer_ok.
by split=> //; apply: (plane_layer_ok eta dec m0 hP).
Qed.

(** The letters are numbers; words with a sum divisible by [m]. *)
Corollary counter_two_reflections m : (0 < m)%N ->
  exists N : network nat bool, [/\ layers_in reflection_layer N, depth N = 2%N & recognises N (fun w => m %| sumn w)%N].
Proof.
move=> m0; have [N [lN dN HN]] := dihedral_two_reflections (fun j : nat => (false, j%:Z)) (fun g _ => g.2 == 0) m0.
exists N; split=> // w x; rewrite HN /=.
have -> : (dihedral_product (fun j : nat => (false, j%:Z)) (rcons w x)) = (false, (sumn (rcons w x))%:Z).
  elim/last_ind: (rcons w x) => // v a IH; rewrite /dihedral_product -cats1 foldl_cat /= -/(dihedral_product _ v) IH.
  by rewrite /dihedral_mul /= expr0 mul1r sumn_cat /= addn0 PoszD.
by rewrite modz_nat eqz_nat.
Qed.
