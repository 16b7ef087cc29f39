(** * Factors I - u v^T

    Transition matrices of DeltaNet, DeltaProduct, RWKV-7 and the like are products of
    identity-minus-outer-product factors. For maps of [n] points, coded one-hot, proved here:
    - [transposition_factor], [merge_factor]: a swap is the reflection
      [I - (e_i - e_j)(e_i - e_j)^T], a copy is [I - (e_i - e_j) e_i^T];
    - [map_product]: every map of [n] points is a product of swaps and copies, with exactly
      [n - #image] copies;
    - [permutation_product]: a permutation that moves [k] points is a product of at most [k - 1]
      reflections (Grazzi et al., Theorem 3: [k - 1] is their number of factors);
    - [rank_lower_bound]: a product of [k] factors differs from [I] by rank at most [k]; so
      [rank (I - A)] factors are needed;
    - [map_product_sharp]: every map is a product of exactly [rank (I - A)] swaps and copies,
      swaps only if it is a permutation: so this number is the least possible.

    Proof of the last: a point [x] outside the image is copied to [f x] last in time; before that acts
    the map that agrees with [f] but fixes [x]. A permutation that moves [x] is the swap
    of [x] and [f x] after one that fixes [x]. Either way the vectors that the
    matrix fixes become more. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Factors.
Variables (R : comRingType) (n : nat).
Implicit Types (f g : 'I_n -> 'I_n) (i j : 'I_n).

Definition e i : 'cV[R]_n := delta_mx i 0.
Definition factor (p : 'cV[R]_n * 'cV[R]_n) : 'M[R]_n := 1%:M - p.1 *m p.2^T.
Definition product (s : seq ('cV[R]_n * 'cV[R]_n)) : 'M[R]_n :=
  foldr (fun p M => factor p *m M) 1%:M s.

(** The matrix of a map: [map_matrix f *m e q = e (f q)]. *)
Definition map_matrix f : 'M[R]_n := \matrix_(k, l) (k == f l)%:R.

Lemma map_matrix_e f q : map_matrix f *m e q = e (f q).
Proof. by rewrite /e -colE; apply/matrixP => k l; rewrite !mxE ord1 eqxx andbT. Qed.

Lemma map_matrix_ext f g : f =1 g -> map_matrix f = map_matrix g.
Proof. by move=> E; apply/matrixP => k l; rewrite !mxE E. Qed.

Lemma map_matrix_id : map_matrix id = 1%:M.
Proof. by apply/matrixP => k l; rewrite !mxE. Qed.

Lemma map_matrix_comp f g : map_matrix (f \o g) = map_matrix f *m map_matrix g.
Proof.
apply/matrixP => k l; rewrite !mxE (bigD1 (g l)) //= !mxE eqxx mulr1 big1 ?addr0 //.
by move=> m /negPf H; rewrite !mxE H mulr0.
Qed.

Definition merge i j : 'I_n -> 'I_n := fun k => if k == i then j else k.

Lemma e_entry i k : e i k 0 = (k == i)%:R.
Proof. by rewrite mxE eqxx andbT. Qed.

Lemma factor_entry (p : 'cV[R]_n * 'cV[R]_n) k l :
  factor p k l = (k == l)%:R - p.1 k 0 * p.2 l 0.
Proof. by rewrite !mxE big_ord1 !mxE. Qed.

(** The swap of [i] and [j]. *)
Lemma transposition_factor i j : map_matrix (tperm i j) = factor (e i - e j, e i - e j).
Proof.
apply/matrixP => k l; rewrite factor_entry !mxE !eqxx !andbT.
case: tpermP => [->|->|/eqP/negPf-> /eqP/negPf->]; last first.
- by rewrite subrr mulr0 subr0.
- rewrite eqxx; have [->|ij] := eqVneq j i; first by rewrite !subrr mulr0 subr0.
  by rewrite sub0r mulrN1 opprK addrC subrK.
- rewrite eqxx; have [->|ij] := eqVneq i j; first by rewrite !subrr mulr0 subr0.
  by rewrite subr0 mulr1 opprB addrC subrK.
Qed.

(** The copy: [i] goes to [j]. *)
Lemma merge_factor i j : map_matrix (merge i j) = factor (e i - e j, e i).
Proof.
apply/matrixP => k l; rewrite factor_entry !mxE !eqxx !andbT /merge.
have [->|_] := eqVneq l i; last by rewrite mulr0 subr0.
by rewrite mulr1 opprB addrC subrK.
Qed.

(** Elementary maps: a swap (true) or a copy (false). *)
Definition emap (c : bool * ('I_n * 'I_n)) : 'I_n -> 'I_n :=
  if c.1 then (fun k => tperm c.2.1 c.2.2 k) else merge c.2.1 c.2.2.
Definition euv (c : bool * ('I_n * 'I_n)) : 'cV[R]_n * 'cV[R]_n :=
  if c.1 then (e c.2.1 - e c.2.2, e c.2.1 - e c.2.2) else (e c.2.1 - e c.2.2, e c.2.1).
Definition ecomp (s : seq (bool * ('I_n * 'I_n))) : 'I_n -> 'I_n :=
  foldr (fun c g => emap c \o g) id s.

Lemma map_matrix_ecomp s : map_matrix (ecomp s) = product [seq euv c | c <- s].
Proof.
elim: s => [|[[] [i j]] s IH] /=; first exact: map_matrix_id.
  by rewrite map_matrix_comp IH -transposition_factor.
by rewrite map_matrix_comp IH -merge_factor.
Qed.

(** Swaps and copies generate all maps; exactly [n - #image] copies are used. *)
Lemma map_generators f : exists2 s, f =1 ecomp s &
  (count (fun c => ~~ c.1) s + #|codom f|)%N = n.
Proof.
have [m] := ubnP (n - #|codom f|)%N; elim: m f => // m IH f Hm.
have le_n g : (#|codom g| <= n)%N by rewrite -[X in (_ <= X)%N]card_ord; apply: max_card.
have [/injectiveP inj|] := boolP (injectiveb f).
  have [ts Ets _] := prod_tpermP (perm inj).
  exists (rev [seq (true, t) | t <- ts]); last first.
    rewrite count_rev count_map (eq_count (a2 := pred0)) // count_pred0 add0n.
    by rewrite card_codom // card_ord.
  move=> k; rewrite -(permE inj) Ets; elim/last_ind: ts {Ets} k => [|ts t IHt] k.
    by rewrite big_nil perm1.
  by rewrite -cats1 big_cat big_seq1 permM IHt map_cat rev_cat.
case/injectivePn => i [j ij Ef].
have [m0 Hm0] : exists m0, m0 \notin codom f.
  apply/existsP; rewrite -negb_forall; apply/negP => /forallP all_in.
  have /image_injP inj : #|image f 'I_n| == #|'I_n|.
    by apply/eqP; apply: eq_card => k; rewrite all_in.
  by move: ij; rewrite (inj _ _ isT isT Ef) eqxx.
pose g k := if k == i then m0 else f k.
have cod : codom g =i [predU1 m0 & codom f].
  move=> k; rewrite inE; apply/idP/idP.
    case/codomP => l ->; rewrite /g; have [_|_] := eqVneq l i; first by rewrite eqxx.
    by rewrite codom_f orbT.
  case/orP => [/eqP -> | /codomP [l ->]]; apply/codomP.
    by exists i; rewrite /g eqxx.
  have [->|/negPf li] := eqVneq l i; last by exists l; rewrite /g li.
  by exists j; rewrite /g eq_sym (negPf ij) Ef.
have cg : #|codom g| = #|codom f|.+1 by rewrite (eq_card cod) cardU1 Hm0.
have [|s Es Cs] := IH g.
  move: Hm (le_n g); rewrite cg ltnS => Hm Hl.
  by apply: leq_trans Hm; rewrite subnS prednK // subn_gt0.
exists ((false, (m0, f j)) :: s); last first.
  by move: Cs; rewrite cg addnS => Cs; rewrite /= add1n addSn.
move=> k /=; rewrite -Es /emap /= /merge /g.
have [->|ki] := eqVneq k i; first by rewrite eqxx Ef.
by have [E|//] := eqVneq (f k) m0; move: Hm0; rewrite -E codom_f.
Qed.

Theorem map_product f : exists s, map_matrix f = product s.
Proof.
by have [s /map_matrix_ext -> _] := map_generators f; rewrite map_matrix_ecomp; eexists.
Qed.

(** Permutations need only reflections. *)
Theorem perm_product (p : 'S_n) : exists s : seq ('I_n * 'I_n),
  map_matrix p = product [seq (e t.1 - e t.2, e t.1 - e t.2) | t <- s].
Proof.
have [ts Ets _] := prod_tpermP p; exists (rev ts); rewrite Ets.
elim/last_ind: ts {Ets} => [|ts t IHt].
  by rewrite big_nil /= -map_matrix_id; apply: map_matrix_ext => k; rewrite perm1.
rewrite rev_rcons /= -IHt -transposition_factor -map_matrix_comp; apply: map_matrix_ext => k.
by rewrite -cats1 big_cat big_seq1 permM.
Qed.

End Factors.

(** ** Permutations by reflections *)
Section Permutations.
Variables (R : comRingType) (n : nat).
Definition moved (p : 'S_n) := [set k | p k != k].
Theorem permutation_product (p : 'S_n) : exists2 s : seq ('I_n * 'I_n),
  map_matrix R p = product [seq (e R t.1 - e R t.2, e R t.1 - e R t.2) | t <- s] &
  (size s <= #|moved p|.-1)%N.
Proof.
have [m] := ubnP #|moved p|; elim: m p => // m IH p Hm.
have [E|/set0Pn[i]] := eqVneq (moved p) set0.
  exists [::] => //=; rewrite -map_matrix_id; apply: map_matrix_ext => k; apply/eqP.
  have : k \notin moved p by rewrite E inE.
  by rewrite inE negbK.
rewrite inE => pi; pose p' := (p * tperm i (p i))%g.
have Ep' k : p' k = tperm i (p i) (p k) by rewrite permM.
have ii : p' i = i by rewrite Ep' tpermR.
have sub : moved p' \subset moved p :\ i.
  apply/subsetP => k; rewrite !inE => pk.
  have ki : k != i by apply: contraNneq pk => ->; rewrite ii.
  rewrite ki; apply: contraNneq pk => pk; rewrite Ep' pk tpermD //; first by rewrite eq_sym.
  by apply: contraNneq pi => E; rewrite -(inj_eq (@perm_inj _ p)) E pk eqxx.
have iS : i \in moved p by rewrite inE.
have lt : (#|moved p'| < #|moved p|)%N.
  by rewrite (cardsD1 i (moved p)) iS add1n ltnS subset_leq_card.
have [s Es ss] := IH p' (leq_trans lt Hm).
exists ((i, p i) :: s).
  rewrite /= -Es -transposition_factor -map_matrix_comp; apply: map_matrix_ext => k /=.
  by rewrite Ep' tpermK.
rewrite /=; have [z|nz] := posnP #|moved p'|; last first.
  by rewrite -ltnS in ss; move: ss lt; rewrite prednK // => ss lt; rewrite -ltnS prednK ?(leq_ltn_trans _ lt) // (leq_trans _ lt).
move: ss; rewrite z leqn0 => /eqP ->.
have : [set i; p i] \subset moved p.
  by apply/subsetP => k; rewrite !inE => /orP[] /eqP -> //; rewrite (inj_eq (@perm_inj _ p)).
by move/subset_leq_card; rewrite cards2 eq_sym pi /=; case: #|moved p| => [|[]].
Qed.
End Permutations.

(** These reflections are orthogonal. *)
Lemma transposition_orthogonal (R : comRingType) n (i j : 'I_n) :
  let G := factor (e R i - e R j, e R i - e R j) in G^T *m G = 1%:M.
Proof.
rewrite /= -transposition_factor.
have -> : (map_matrix R (tperm i j))^T = map_matrix R (tperm i j).
  by apply/matrixP => k l; rewrite !mxE eq_sym (can2_eq (tpermK i j) (tpermK i j)).
by rewrite -map_matrix_comp -map_matrix_id; apply: map_matrix_ext => k /=; rewrite tpermK.
Qed.

(** ** A lower bound on the number of factors *)
Lemma rank_lower_bound (F : fieldType) n (s : seq ('cV[F]_n * 'cV[F]_n)) :
  (\rank (product s - 1%:M)%R <= size s)%N.
Proof.
elim: s => [|p s IH] /=; first by rewrite subrr mxrank0.
rewrite /factor mulmxBl mul1mx addrAC -mulmxA -[(size s).+1]addn1.
apply: leq_trans (mxrank_add _ _) (leq_add IH _); rewrite mxrank_opp.
by apply: leq_trans (mxrankM_maxl _ _) (rank_leq_col _).
Qed.

(** ** The sharp count *)
Section Sharp.
Variables (F : fieldType) (n : nat).
Implicit Types (f g : 'I_n -> 'I_n) (u : 'rV[F]_n).

Lemma mul_map_matrix u f l : (u *m map_matrix F f) 0 l = u 0 (f l).
Proof.
rewrite mxE (bigD1 (f l)) //= mxE eqxx mulr1 big1 ?addr0 // => k /negPf kf.
by rewrite mxE kf mulr0.
Qed.

Lemma fixed_row u f : u *m (map_matrix F f - 1%:M) = 0 <-> forall l, u 0 (f l) = u 0 l.
Proof.
rewrite mulmxBr mulmx1; split=> [H l|H].
  by have /matrixP/(_ 0 l) := H; rewrite mxE mul_map_matrix !mxE => /eqP; rewrite subr_eq0 => /eqP.
by apply/matrixP => i l; rewrite ord1 mxE mul_map_matrix !mxE H subrr.
Qed.

(** [g] fixes [x], nothing else goes there, and every vector fixed by [f] is fixed by [g]. *)
Lemma rank_drops f g x : f x != x -> (forall l, (g l == x) = (l == x)) ->
  (forall u, (forall l, u 0 (f l) = u 0 l) -> forall l, u 0 (g l) = u 0 l) ->
  (\rank (map_matrix F g - 1%:M)%R < \rank (map_matrix F f - 1%:M)%R)%N.
Proof.
move=> fx gx sub; set A := _ - _; set B := map_matrix F f - _.
have dim (M : 'M[F]_n) : (\rank (kermx M) = n - \rank M)%N by rewrite mxrank_ker.
have lt : (kermx B < kermx A)%MS.
  rewrite ltmxEneq; apply/andP; split.
    apply/row_subP => i; apply/sub_kermxP/fixed_row; apply: sub; apply/fixed_row.
    by apply/sub_kermxP; apply: row_sub.
  apply/negP => /eqmxP/eqmx_sym E.
  have : ((delta_mx 0 x : 'rV[F]_n) <= kermx A)%MS.
    by apply/sub_kermxP/fixed_row => l; rewrite !mxE !eqxx /= gx.
  rewrite E => /sub_kermxP/fixed_row/(_ x) /eqP.
  by rewrite !mxE !eqxx (negPf fx) /= eq_sym oner_eq0.
have := rank_ltmx lt; rewrite !dim => h; apply: contraTT h; rewrite -!leqNgt.
exact: leq_sub2l.
Qed.

Theorem map_product_sharp f : exists s, [/\ f =1 ecomp s,
  size s = \rank (map_matrix F f - 1%:M)%R & injective f -> all (fun c => c.1) s].
Proof.
have [m] := ubnP (\rank (map_matrix F f - 1%:M)%R); elim: m f => // m IH f Hm.
have bound (s : seq (bool * ('I_n * 'I_n))) : f =1 ecomp s -> (\rank (map_matrix F f - 1%:M)%R <= size s)%N.
  move=> E; rewrite (map_matrix_ext F E) map_matrix_ecomp.
  by apply: leq_trans (rank_lower_bound _) _; rewrite size_map.
(* one elementary map, then a map g of smaller rank *)
have step c g : (\rank (map_matrix F g - 1%:M)%R < \rank (map_matrix F f - 1%:M)%R)%N ->
    f =1 emap c \o g -> (injective f -> injective g /\ c.1) ->
    exists s, [/\ f =1 ecomp s, size s = \rank (map_matrix F f - 1%:M)%R & injective f -> all (fun c => c.1) s].
  move=> lt E inj; have [s [Es ss si]] := IH g (leq_trans lt Hm).
  have Ef : f =1 ecomp (c :: s) by move=> k; rewrite E /= -Es.
  exists (c :: s); split=> //; last by move=> /inj[/si H c1] /=; rewrite c1.
  by apply/eqP; rewrite eqn_leq bound //= andbT ss.
have [/existsP[x fx]|fixes] := boolP [exists x, f x != x]; last first.
  have E : f =1 id.
    by move=> k; apply/eqP; apply: contraR fixes => fk; apply/existsP; exists k.
  by exists [::]; split=> //; rewrite (map_matrix_ext F E) map_matrix_id subrr mxrank0.
have [/existsP[y yf]|surj] := boolP [exists y, y \notin codom f].
  have fy : f y != y by apply: contraNneq yf => <-; apply: codom_f.
  have fny l : (f l == y) = false by apply: contraNF yf => /eqP <-; apply: codom_f.
  apply: (step (false, (y, f y)) (fun l => if l == y then y else f l)).
  - by apply: (@rank_drops _ _ y) => // [l|u Hu l]; case: (eqVneq l y) => [E|ly]; rewrite ?eqxx ?E ?fny ?Hu.
  - by move=> l; rewrite /emap /= /merge; case: (eqVneq l y) => [->|ly]; rewrite ?eqxx ?fny.
  - by move=> inj; case/negP: yf; apply/codomP; have [g _ gK] := injF_bij inj; exists (g y); rewrite gK.
have inj : injective f.
  have /image_injP inj : #|image f 'I_n| == #|'I_n|.
    apply/eqP; apply: eq_card => k; rewrite inE; apply/idPn => kf.
    by case/existsP: surj; exists k.
  by move=> a b; apply: inj.
apply: (step (true, (x, f x)) (tperm x (f x) \o f)).
- apply: (@rank_drops _ _ x) => // [l|u Hu l] /=.
    by rewrite (can2_eq (tpermK x (f x)) (tpermK x (f x))) tpermL (inj_eq inj).
  by case: tpermP => [E|/inj ->|] //; rewrite ?Hu // -E Hu.
- by move=> l; rewrite /emap /= tpermK.
- by move=> _; split=> //; apply: inj_comp inj; apply: perm_inj.
Qed.
End Sharp.
