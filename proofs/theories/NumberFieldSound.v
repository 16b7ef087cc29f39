(** * Numbers of a number field: what the checker's answer means

    [check_real_sound]: if the checker says yes, then for every ordered field and every root of the polynomial in it that
    lies in the interval, the network with that root in the place of the generator and the automaton accept the same words.
    [check_complex_sound]: without an interval, the same for every root in every field of complex numbers (a [numFieldType]), so
    for the roots of unity. Which of the roots is meant, that there is one, and what the polynomial is, is
    for the reader of the certificate to say; nothing is assumed of them here, nor of the function that proposes inverses. *)
From Coq Require Import NArith ZArith Lia.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From Eigenmata Require Import Words Networks LinearLayers.
From Eigenmata Require Checker NumberField.
From Eigenmata Require Import CheckerSound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Import Checker NumberField.
Local Open Scope ring_scope.

Section Sound.
Variables (R : numFieldType) (F : field) (a : R).
Notation zv := (z_value R).

(** The value of numerators, and of a residue, at the root. *)
Definition at_root (p : list Z) : R := foldr (fun c v => zv c + a * v) 0 p.
Definition f_value (r : residue) : R := at_root r.1 / zv (Zpos r.2).

Hypothesis root_tail : zv (Zpos (lead F)) * a ^+ size (tail F) = at_root (tail F).

Lemma lists_addE p q : at_root (lists_add p q) = at_root p + at_root q.
Proof.
elim: p q => [|x p IH] [|y q] /=; rewrite ?add0r ?addr0 //.
by rewrite IH z_valueD mulrDr addrACA.
Qed.
Lemma map_mulE c p : at_root (List.map (Z.mul c) p) = zv c * at_root p.
Proof. by elim: p => [|x p /= ->]; rewrite ?mulr0 // z_valueM mulrDr mulrCA. Qed.
Lemma lists_scaleE c p : at_root (lists_scale c p) = zv c * at_root p.
Proof. by rewrite /lists_scale; case: Z.eqb_spec => [->|_]; rewrite ?mul1r // map_mulE. Qed.
Lemma trimE p : at_root (trim p) = at_root p.
Proof.
elim: p => //= x p <-; case: (trim p) => [|y q] //=.
by case: Z.eqb_spec => [->|_] //=; rewrite mulr0 addr0.
Qed.

Lemma gcd_divides d p : let g := List.fold_right Z.gcd d p in
  Z.divide g d /\ forall x, List.In x p -> Z.divide g x.
Proof.
elim: p => [|y p [gd gp]] /=; first by split => //; apply: Z.divide_refl.
split; first exact: Z.divide_trans (Z.gcd_divide_r _ _) gd.
move=> x [<-|/gp gx]; first exact: Z.gcd_divide_l.
exact: Z.divide_trans (Z.gcd_divide_r _ _) gx.
Qed.

Lemma reduceE r : f_value (reduce r) = f_value r.
Proof.
rewrite /reduce /f_value; set p := trim r.1.
have Ep : at_root r.1 = at_root p by rewrite trimE.
case: Pos.eqb_spec => [->|_]; first by rewrite Ep.
case: Z.eqb_spec => [_|_]; first by rewrite Ep.
have [] := gcd_divides (Zpos r.2) p; set g := List.fold_right _ _ _ => gd gp.
have g0 : Z.lt Z0 g.
  have : Z.le Z0 g by rewrite /g; case: (p) => [|x q] /=; [lia | exact: Z.gcd_nonneg].
  case: gd => k Ek le; suff : g <> Z0 by lia.
  by move=> z; move: Ek; rewrite z Z.mul_0_r.
have exact_div x : Z.divide g x -> zv x = zv g * zv (Z.div x g).
  by case=> k ->; rewrite Z.div_mul -?z_valueM 1?Z.mul_comm //; lia.
have gR : zv g != 0 by rewrite (z_value_eq R g Z0); apply/Z.eqb_spec; lia.
have Ed : zv (Zpos r.2) = zv g * zv (Zpos (Z.to_pos (Z.div (Zpos r.2) g))).
  rewrite (exact_div _ gd) Z2Pos.id //; case: gd => k Ek.
  by rewrite Ek Z.div_mul //; lia.
have -> : at_root r.1 = zv g * at_root (List.map (fun x => Z.div x g) p).
  rewrite Ep; elim: (p) gp => [|x q IH] gp /=; first by rewrite mulr0.
  rewrite (exact_div x) ?IH; [by rewrite mulrDr mulrCA | by move=> y yq; apply: gp; right | by apply: gp; left].
by rewrite Ed invfM mulrACA divff // mul1r.
Qed.

Lemma raw_addE p q : f_value (raw_add p q) = f_value p + f_value q.
Proof.
rewrite /raw_add /f_value; case: Pos.eqb_spec => [E|_] /=.
  by rewrite lists_addE mulrDl E.
rewrite lists_addE !lists_scaleE addf_div ?den_neq0 // -z_valueM.
by rewrite [_ * at_root p.1]mulrC [_ * at_root q.1]mulrC.
Qed.
Lemma f_addE p q : f_value (f_add p q) = f_value p + f_value q.
Proof. by rewrite /f_add reduceE raw_addE. Qed.
Lemma f_oppE p : f_value (f_opp p) = - f_value p.
Proof.
rewrite /f_value /= -mulNr; congr (_ / _); elim: p.1 => [|x q /= ->]; rewrite ?oppr0 //.
by rewrite z_valueN mulrN opprD.
Qed.

Lemma last_split (p : list Z) : p <> [::] ->
  at_root p = at_root (List.removelast p) + zv (List.last p Z0) * a ^+ (size p).-1.
Proof.
elim: p => //= x [|y p] IH _; first by rewrite /= mulr0 addr0 add0r mulr1.
rewrite IH //; set z := List.last _ _; set q := List.removelast _.
by rewrite /= mulrDr addrA exprS mulrCA.
Qed.

Lemma size_length (A : Type) (p : list A) : List.length p = size p.
Proof. by []. Qed.

Lemma times_rootE r : f_value (times_root F r) = a * f_value r.
Proof.
rewrite /f_value /times_root; case E: r.1 => [|x p]; first by rewrite E /= mul0r mulr0.
rewrite -E; case: PeanoNat.Nat.eqb_spec => [|_]; last by rewrite /= z_value0 add0r mulrA.
rewrite !size_length => Es.
rewrite [(_, _).1]/= [(_, _).2]/= lists_addE !lists_scaleE.
have Es' : size (tail F) = (size p).+1 by rewrite -Es E.
rewrite -root_tail Es' exprS.
have -> : at_root (Z0 :: List.removelast r.1) = a * at_root (List.removelast r.1).
  by rewrite /= z_value0 add0r.
have -> : at_root r.1 = at_root (List.removelast r.1) + zv (List.last r.1 Z0) * a ^+ size p.
  by rewrite last_split E.
have -> : zv (Zpos (r.2 * lead F)) = zv (Zpos r.2) * zv (Zpos (lead F)) by rewrite -z_valueM.
set u := at_root _; set d := zv (Zpos r.2); set l := zv (Zpos (lead F)); set t := zv (List.last _ _).
have l0 : l != 0 by apply: den_neq0.
have d0 : d != 0 by apply: den_neq0.
by field; rewrite l0 d0.
Qed.

Lemma f_mulE p q : f_value (f_mul F p q) = f_value p * f_value q.
Proof.
rewrite /f_mul reduceE; set f := List.fold_right _ _ _.
have Ef : f_value f = at_root p.1 * at_root q.1.
  rewrite {}/f; elim: p.1 => [|c r IH]; first by rewrite /f_value /= !mul0r.
  rewrite [List.fold_right _ _ _]/= raw_addE times_rootE IH.
  by rewrite {1}/f_value /= map_mulE z_value1 divr1 mulrDl mulrA.
have -> : f_value (f.1, (f.2 * (p.2 * q.2))%positive) = f_value f / zv (Zpos (p.2 * q.2)).
  rewrite /f_value /= -mulrA -invfM; congr (_ / _); rewrite -z_valueM; congr (zv _); lia.
have -> : zv (Zpos (p.2 * q.2)) = zv (Zpos p.2) * zv (Zpos q.2) by rewrite -z_valueM.
by rewrite Ef /f_value mulf_div.
Qed.

Lemma f_eqbE p q : f_eqb p q -> f_value p = f_value q.
Proof.
case: p q => [p d] [q e]; rewrite /f_eqb /f_value /= => /andP[E /Pos.eqb_spec ->]; congr (_ / _).
by elim: p q E => [|x p IH] [|y q] //= /andP[/Z.eqb_spec -> /IH ->].
Qed.

Lemma f_value1 : f_value ([:: Zpos xH], xH) = 1.
Proof. by rewrite /f_value /= mulr0 addr0 z_value1 divr1. Qed.
Lemma is_inverseE p u : is_inverse F p u -> f_value u * f_value p = 1.
Proof. by move/f_eqbE; rewrite f_mulE f_value1. Qed.

Lemma f_apartE p q : f_apart F p q -> f_value p <> f_value q.
Proof.
rewrite /f_apart => H E; have : f_value (f_add p (f_opp q)) = 0 by rewrite f_addE f_oppE E subrr.
move: H; case: (f_add _ _) => [[|x [|y r]] d] //=.
  rewrite /f_value /= mulr0 addr0 => /Z.eqb_spec x0 /eqP.
  rewrite mulf_eq0 invr_eq0 (negPf (den_neq0 _ _)) orbF (z_value_eq R x Z0) => /Z.eqb_spec; exact: x0.
by move/is_inverseE => E1 E0; move: E1; rewrite E0 mulr0 => /esym/eqP; rewrite oner_eq0.
Qed.

Lemma f_divE p q c : f_div F p q = Some c -> f_value c = f_value p / f_value q.
Proof.
rewrite /f_div; case: ifP => // /is_inverseE E [<-]; rewrite f_mulE; congr (_ * _).
have q0 : f_value q != 0 by apply/eqP => q0; move/eqP: E; rewrite q0 mulr0 eq_sym oner_eq0.
by apply: (mulIf q0); rewrite E mulVf.
Qed.

(** The enclosures hold, those of the powers from the [k]-th on. *)
Fixpoint enclose (k : nat) (es : list (Z * Z)) : Prop :=
  if es is (l, h) :: es' then zv l <= zv (Zpos (scale F)) * a ^+ k <= zv h /\ enclose k.+1 es' else True.
Hypothesis enclosed : enclose 0 (enclosures F).

Lemma z_nonneg x : Z.leb Z0 x -> 0 <= zv x.
Proof. by move=> H; have := z_value_le R Z0 x; rewrite H => ->. Qed.
Lemma z_nonpos x : Z.leb Z0 x = false -> zv x <= 0.
Proof. by move=> H; have := z_value_le R x Z0; rewrite z_value0 => ->; apply/Z.leb_spec0; move/Z.leb_spec0: H; lia. Qed.

Lemma boundsE p es k low high : bounds p es = Some (low, high) -> enclose k es ->
  zv low <= zv (Zpos (scale F)) * a ^+ k * at_root p <= zv high.
Proof.
elim: p es k low high => [|x p IH] es k low high /=; first by case=> <- <-; rewrite mulr0 z_value0 lexx.
case: es => [|[l h] es] //=; case E: (bounds p es) => [[lo hi]|] //= [] E' [/andP[le lh] en].
have /andP[lo1 hi1] := IH _ _ _ _ E en; move: lo1 hi1; rewrite exprS.
have -> : zv (Zpos (scale F)) * (a * a ^+ k) * at_root p = zv (Zpos (scale F)) * a ^+ k * (a * at_root p) by ring.
move=> lo1 hi1; rewrite mulrDr.
move: E'; case: ifP => [/z_nonneg x0|/z_nonpos x0] [<- <-]; rewrite !z_valueD !z_valueM.
  by rewrite [_ * zv x]mulrC !ler_add ?ler_wpmul2l.
by rewrite [_ * zv x]mulrC !ler_add ?ler_wnmul2l.
Qed.

Lemma value_nonneg p d : (0 <= f_value (p, d)) = (0 <= at_root p).
Proof. by rewrite /f_value /= pmulr_lge0 // invr_gt0 den_gt0. Qed.

Lemma is_nonnegE c b : is_nonneg F c = Some b -> b = (0 <= f_value c).
Proof.
case: c => p d; rewrite value_nonneg /is_nonneg [(p, d).1]/=.
case: p => [|x [|y p]]; first by case=> <- /=; rewrite lexx.
  by case=> <- /=; rewrite mulr0 addr0 -(z_value_le R Z0 x).
case E: (bounds _ _) => [[low high]|] //=; have := boundsE E enclosed.
rewrite expr0 mulr1 => /andP[lo hi]; have s0 := den_gt0 R (scale F).
case: ifP => [/z_nonneg l0 [<-]|_].
  by apply/esym; rewrite -(pmulr_rge0 _ s0); apply: le_trans lo.
case: Z.ltb_spec => // h0 [<-]; apply/esym/negbTE; rewrite -real_ltNge ?real0 //.
  rewrite -(pmulr_rlt0 _ s0); apply: le_lt_trans hi _.
  by rewrite /z_value ltrz0; lia.
have h1 : zv high <= 0 by rewrite (z_value_le R high Z0); apply/Z.leb_spec0; lia.
have : zv (Zpos (scale F)) * at_root [:: x, y & p] <= 0 by apply: le_trans hi h1.
by rewrite pmulr_rle0 // => /ler0_real.
Qed.

Lemma f_lebE p q c : f_leb F p q = Some c -> c = (f_value p <= f_value q).
Proof. by move/is_nonnegE ->; rewrite f_addE f_oppE subr_ge0. Qed.

Theorem check_residues_sound (C : certificate residue) : check_residues F C ->
  (forall w x, all (fun y => N.ltb y (letters C)) (rcons w x) ->
     net (network_of f_value C) w x = automaton_accepts (automaton_of C) (rcons w x)) /\
  accept_empty C = automaton_accepts (automaton_of C) [::].
Proof.
have v0 : f_value ([::], 1%positive) = 0 by rewrite /f_value /= mul0r.
move=> H; split; last exact: check_empty H.
by move=> w x; apply: (check_sound v0 f_oppE f_addE f_mulE f_divE f_eqbE f_apartE f_lebE H).
Qed.
End Sound.

(** ** Roots in a field of complex numbers *)
Theorem check_complex_sound (R : numFieldType) (lead : positive) (tail : list Z) inv (a : R) (C : certificate residue) :
  z_value R (Zpos lead) * a ^+ size tail = at_root a tail ->
  check_residues (complex_field lead tail inv) C ->
  (forall w x, all (fun y => N.ltb y (letters C)) (rcons w x) ->
     net (network_of (f_value a) C) w x = automaton_accepts (automaton_of C) (rcons w x)) /\
  accept_empty C = automaton_accepts (automaton_of C) [::].
Proof. by move=> Ea; apply: (check_residues_sound (F := complex_field lead tail inv)). Qed.

(** ** Roots in an ordered field *)
Section Real.
Variable R : realFieldType.
Notation zv := (z_value R).

Lemma z_min x y : zv (Z.min x y) = Num.min (zv x) (zv y).
Proof.
case: leP; rewrite ?z_value_le; first by move/Z.leb_spec0 => le; rewrite Z.min_l.
by rewrite ltNge z_value_le => /Z.leb_spec0 le; rewrite Z.min_r //; lia.
Qed.
Lemma z_max x y : zv (Z.max x y) = Num.max (zv x) (zv y).
Proof.
case: leP; rewrite ?z_value_le; first by move/Z.leb_spec0 => le; rewrite Z.max_r.
by rewrite ltNge z_value_le => /Z.leb_spec0 le; rewrite Z.max_l //; lia.
Qed.

Lemma mul_le_max (x y c d : R) : c <= y <= d -> x * y <= Num.max (x * c) (x * d).
Proof.
case/andP=> cy yd; rewrite le_maxr; case: (leP 0 x) => x0.
  by rewrite [x * y <= x * d]ler_wpmul2l ?orbT.
by rewrite ler_wnmul2l // ltW.
Qed.
Lemma mul_ge_min (x y c d : R) : c <= y <= d -> Num.min (x * c) (x * d) <= x * y.
Proof.
case/andP=> cy yd; rewrite le_minl; case: (leP 0 x) => x0.
  by rewrite ler_wpmul2l.
by rewrite [x * d <= x * y]ler_wnmul2l ?orbT // ltW.
Qed.
Lemma product_enclosed (x y a b c d : R) : a <= x <= b -> c <= y <= d ->
  Num.min (Num.min (a * c) (a * d)) (Num.min (b * c) (b * d)) <= x * y
  <= Num.max (Num.max (a * c) (a * d)) (Num.max (b * c) (b * d)).
Proof.
move=> ab cd; rewrite [x * y]mulrC; apply/andP; split.
  apply: le_trans (mul_ge_min y ab); rewrite le_minr (mulrC y a) (mulrC y b).
  apply/andP; split; first by apply: le_trans (mul_ge_min a cd); rewrite le_minl lexx.
  by apply: le_trans (mul_ge_min b cd); rewrite le_minl lexx orbT.
apply: le_trans (mul_le_max y ab) _; rewrite le_maxl (mulrC y a) (mulrC y b).
apply/andP; split; first by apply: le_trans (mul_le_max a cd) _; rewrite le_maxr lexx.
by apply: le_trans (mul_le_max b cd) _; rewrite le_maxr lexx orbT.
Qed.

Lemma floor_divE x (s : positive) : zv (floor_div x (Zpos s)) * zv (Zpos s) <= zv x.
Proof.
rewrite -z_valueM z_value_le; apply/Z.leb_spec0; rewrite /floor_div.
by have := Z.mul_div_le x (Zpos s); lia.
Qed.
Lemma ceil_divE x (s : positive) : zv x <= zv (ceil_div x (Zpos s)) * zv (Zpos s).
Proof.
rewrite -z_valueM z_value_le; apply/Z.leb_spec0; rewrite /ceil_div.
by have := Z.mul_div_le (- x) (Zpos s); lia.
Qed.

Section Powers.
Variables (s : positive) (low high : Z) (a : R).
Hypothesis root_in : zv low <= zv (Zpos s) * a <= zv high.

Lemma times_enclosureE k l h : zv l <= zv (Zpos s) * a ^+ k <= zv h ->
  let e := times_enclosure (Zpos s) (l, h) (low, high) in
  zv e.1 <= zv (Zpos s) * a ^+ k.+1 <= zv e.2.
Proof.
move=> lh /=; have s0 := den_gt0 R s; have := product_enclosed lh root_in.
rewrite -!z_valueM -!z_min -!z_max.
have -> : zv (Zpos s) * a ^+ k * (zv (Zpos s) * a) = zv (Zpos s) * a ^+ k.+1 * zv (Zpos s) by rewrite exprS; ring.
case/andP=> lo hi; apply/andP; split; rewrite -(ler_pmul2r s0).
  exact: le_trans (floor_divE _ _) lo.
exact: le_trans hi (ceil_divE _ _).
Qed.

Lemma powersE (F : field) n k l h : scale F = s -> zv l <= zv (Zpos s) * a ^+ k <= zv h ->
  enclose F a k (powers (Zpos s) (low, high) n (l, h)).
Proof.
move=> Fs; elim: n k l h => //= n IH k l h lh; rewrite Fs; split => //.
by case E: (times_enclosure _ _ _) => [l' h']; apply: IH; have := times_enclosureE lh; rewrite E.
Qed.
End Powers.

Theorem check_real_sound (lead : positive) (tail : list Z) (s : positive) (low high : Z) inv (a : R)
    (C : certificate residue) :
  zv (Zpos lead) * a ^+ size tail = at_root a tail ->
  zv low / zv (Zpos s) <= a <= zv high / zv (Zpos s) ->
  check_residues (real_field lead tail s low high inv) C ->
  (forall w x, all (fun y => N.ltb y (letters C)) (rcons w x) ->
     net (network_of (f_value a) C) w x = automaton_accepts (automaton_of C) (rcons w x)) /\
  accept_empty C = automaton_accepts (automaton_of C) [::].
Proof.
have s0 := den_gt0 R s; rewrite ler_pdivr_mulr // ler_pdivl_mulr // ![a * _]mulrC => Ea root_in.
apply: check_residues_sound => //; apply: powersE => //.
by rewrite expr0 mulr1 lexx.
Qed.
End Real.
