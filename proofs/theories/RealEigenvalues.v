(** * What "real eigenvalues" says

    [EventualSigns] states real (non-negative) spectra as a factorisation of the
    characteristic polynomial. Over a real closed field [R], for instance the real numbers,
    this is what it should be: if all roots of the characteristic polynomial in
    [R[i]] are real (and non-negative), the polynomial so factors over [R]. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import complex.
From Eigenmata Require Import EventualSigns.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Open Scope complex_scope.

Section Eigenvalues.
Variable R : rcfType.
Variable n : nat.
Variable A : 'M[R]_n.
Let AC : 'M[R[i]]_n := map_mx (real_complex R) A.

Lemma split_real (P : pred R) :
  (forall z : R[i], root (char_poly AC) z -> (complex.Im z == 0) && P (complex.Re z)) ->
  exists2 rs : seq R, all P rs & char_poly A = \prod_(r <- rs) ('X - r%:P).
Proof.
move=> H; have [zs Ez] := closed_field_poly_normal (char_poly AC).
rewrite (monicP (char_poly_monic _)) scale1r in Ez.
have Hz z : z \in zs -> (complex.Im z == 0) && P (complex.Re z).
  by move=> zin; apply: H; rewrite Ez root_prod_XsubC.
exists [seq complex.Re z | z <- zs]; first by apply/allP => _ /mapP[z /Hz /andP[_ ?] ->].
apply: (map_poly_inj [rmorphism of real_complex R]).
rewrite /= map_char_poly -/AC Ez rmorph_prod big_map; apply: eq_big_seq => z /Hz /andP[/eqP iz _].
rewrite /= rmorphB /= map_polyX map_polyC /=; congr (_ - _%:P).
by case: z iz => a b /= ->.
Qed.

Theorem nonneg_eigenvalues : (forall z : R[i], root (char_poly AC) z -> 0 <= z) -> nonneg_spectrum A.
Proof.
move=> H; apply: split_real => z /H; rewrite lecE /= => /andP[/eqP -> ->].
by rewrite eqxx.
Qed.
Theorem real_eigenvalues :
  (forall z : R[i], root (char_poly AC) z -> z \is Num.real) -> real_spectrum A.
Proof.
move=> H; have [|rs _ E] := @split_real predT; last by exists rs.
by move=> z /H; rewrite realE !lecE /= andbT => /orP[] /andP[/eqP -> _].
Qed.
End Eigenvalues.
