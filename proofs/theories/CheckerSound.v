(** * A certificate checker: what its answer means

    [Checker.check C = true] implies that the network of the certificate and its automaton
    accept the same non-empty words, of every length ([check_sound]); and that they agree
    on the empty word ([check_empty]). The network is one in the sense of [Networks]: a stack of
    linear layers over an ordered field [R], in exact arithmetic, with genuine matrices ([network_of]).
    The arithmetic of the checker is a parameter: anything with values in [R], which may leave comparisons and quotients
    unknown. With rational numbers: [check_rational_sound], for every ordered field, the real numbers among them, and for the
    complex numbers ([numFieldType]); with those of a number field: [NumberFieldSound]. *)
From Coq Require Import NArith ZArith QArith Lia.
From mathcomp Require Import all_ssreflect all_algebra zify ssrZ ring.
From Eigenmata Require Import Words Networks LinearLayers HouseholderFactors.
From Eigenmata Require Checker.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Import Checker.
Local Open Scope ring_scope.

Section Sound.
Variable T : Type.
Variables (zero : T) (opp : T -> T) (add mul : T -> T -> T).
Variables (div : T -> T -> option T) (eqb apart : T -> T -> bool) (leb : T -> T -> option bool).
Variables (R : numFieldType) (val : T -> R).
Hypothesis val0 : val zero = 0.
Hypothesis valN : forall a, val (opp a) = - val a.
Hypothesis valD : forall a b, val (add a b) = val a + val b.
Hypothesis valM : forall a b, val (mul a b) = val a * val b.
Hypothesis valV : forall a b c, div a b = Some c -> val c = val a / val b.
Hypothesis eqbE : forall a b, eqb a b -> val a = val b.
Hypothesis apartE : forall a b, apart a b -> val a <> val b.
Hypothesis lebE : forall a b c, leb a b = Some c -> c = (val a <= val b).

Notation vec := (Checker.vec T).

(** ** Sparse vectors *)
Definition den (x : vec) (i : N) : R := \sum_(p <- x) (if N.eqb p.1 i then val p.2 else 0).
Definition colv n (x : vec) : 'cV[R]_n := \col_i den x (N.of_nat i).

Lemma den_nil i : den [::] i = 0. Proof. exact: big_nil. Qed.
Lemma den_cons j a x i : den ((j, a) :: x) i = (if N.eqb j i then val a else 0) + den x i.
Proof. exact: big_cons. Qed.

Lemma den_vadd x y i : den (vadd zero add eqb x y) i = den x i + den y i.
Proof.
elim: x y => [|[j a] x IHx] y; first by rewrite den_nil add0r.
elim: y => [|[k b] y IHy]; first by rewrite den_nil addr0.
rewrite /=; case: N.compare_spec => [->|_|_]; last 2 first.
- by rewrite den_cons IHx [in RHS]den_cons addrA.
- by rewrite den_cons IHy [den ((k, b) :: y) i]den_cons addrCA.
case: ifP => [/eqbE|_].
  rewrite val0 valD => ab; rewrite IHx !den_cons; case: (N.eqb k i); last by rewrite !add0r.
  by rewrite addrACA ab add0r.
by rewrite !den_cons IHx valD; case: (N.eqb k i); rewrite ?add0r // addrACA.
Qed.

Lemma den_vscale c x i : den (vscale mul c x) i = val c * den x i.
Proof.
elim: x => [|[j a] x IH]; first by rewrite !den_nil mulr0.
by rewrite /= !den_cons IH mulrDr; case: (N.eqb j i); rewrite ?mulr0 //= valM.
Qed.

Lemma colv_vadd n x y : colv n (vadd zero add eqb x y) = colv n x + colv n y.
Proof. by apply/matrixP => i j; rewrite !mxE den_vadd. Qed.
Lemma colv_vscale n c x : colv n (vscale mul c x) = val c *: colv n x.
Proof. by apply/matrixP => i j; rewrite !mxE den_vscale. Qed.

Lemma den_sorted from x i : sorted from x -> (i < from)%num -> den x i = 0.
Proof.
elim: x from => [|[j a] x IH] from /=; first by rewrite den_nil.
case/andP => /N.leb_spec0 fj sx lt; rewrite den_cons (IH (N.succ j)) //; last by lia.
by case: N.eqb_spec => [ji|_]; [lia | rewrite addr0].
Qed.

Lemma den_below n x i : below n x -> (n <= i)%num -> den x i = 0.
Proof.
elim: x => [|[j a] x IH] /=; first by rewrite den_nil.
case/andP => /N.ltb_spec0 jn bx le; rewrite den_cons IH // addr0.
by case: N.eqb_spec => // ji; lia.
Qed.

(** The sum over the entries of [v]. *)
Definition pairing (v : vec) (f : N -> R) : R := \sum_(p <- v) val p.2 * f p.1.

Lemma pairingE n v f : below n v ->
  \sum_(i < N.to_nat n) den v (N.of_nat i) * f (N.of_nat i) = pairing v f.
Proof.
rewrite /pairing; elim: v => [|[j a] v IH] /=.
  by move=> _; rewrite big_nil big1 // => i _; rewrite den_nil mul0r.
case/andP => /N.ltb_spec0 jn bv; rewrite big_cons -IH //= .
have lt : (N.to_nat j < N.to_nat n)%N by lia.
under eq_bigr => i _ do rewrite den_cons mulrDl.
rewrite big_split /=; congr (_ + _).
rewrite (bigD1 (Ordinal lt)) //= N2Nat.id N.eqb_refl big1 ?addr0 // => i ij.
case: N.eqb_spec => [E|_]; last by rewrite mul0r.
by case/eqP: ij; apply: val_inj; rewrite /= E Nat2N.id.
Qed.

Lemma eq_pairing from v f g : sorted from v ->
  (forall i, (from <= i)%num -> f i = g i) -> pairing v f = pairing v g.
Proof.
rewrite /pairing; elim: v from => [|[j a] v IH] from /=; first by rewrite !big_nil.
case/andP => /N.leb_spec0 fj sv H; rewrite !big_cons /= H // (IH (N.succ j)) // => i ji.
by apply: H; lia.
Qed.

Lemma dot_sortedE from v x from' : sorted from v -> sorted from' x ->
  val (dot_sorted zero add mul v x) = pairing v (den x).
Proof.
elim: v from x from' => [|[i a] v IHv] from x from'; first by rewrite /= val0 /pairing big_nil.
elim: x from' => [|[j b] x IHx] from' sv sx.
  by rewrite /= val0 /pairing big1 // => p _; rewrite den_nil mulr0.
have /andP[/N.leb_spec0 fi sv'] := sv; have /andP[/N.leb_spec0 fj sx'] := sx.
rewrite /=; case: N.compare_spec => [ij|lt|gt].
- rewrite valD valM (IHv (N.succ i) x (N.succ j)) // /pairing big_cons /=.
  rewrite den_cons ij N.eqb_refl (den_sorted sx') ?addr0 //; last by lia.
  congr (_ + _); apply: (eq_pairing sv') => k ik; rewrite den_cons.
  by case: N.eqb_spec => [jk|_]; [lia | rewrite add0r].
- rewrite (IHv (N.succ i) _ from') // /pairing big_cons /=.
  rewrite den_cons (den_sorted sx'); last by lia.
  by case: N.eqb_spec => [ji|_]; [lia | rewrite addr0 mulr0 add0r].
- rewrite -/(dot_sorted zero add mul ((i, a) :: v) x) (IHx (N.succ j)) //.
  have sv2 : sorted i ((i, a) :: v) by apply/andP; split; [apply/N.leb_spec0; lia | exact: sv'].
  apply: (eq_pairing sv2) => k ik; rewrite den_cons.
  by case: N.eqb_spec => [jk|_]; [lia | rewrite add0r].
Qed.

Lemma dotE n v x s : dot zero add mul n v x = Some s ->
  val s = ((colv (N.to_nat n) v)^T *m colv (N.to_nat n) x) 0 0.
Proof.
rewrite /dot; case: ifP => // /andP[/andP[sv bv] sx] [<-].
rewrite (dot_sortedE sv sx) -(pairingE _ bv) !mxE; apply: eq_bigr => i _.
by rewrite !mxE.
Qed.

Lemma vec_eqb_den x y : vec_eqb eqb x y -> den x =1 den y.
Proof.
elim: x y => [|[i a] x IH] [|[j b] y] //= /andP[/andP[/N.eqb_spec -> ab] /IH E] k.
by rewrite !den_cons E (eqbE ab).
Qed.
Lemma vec_eqb_colv n x y : vec_eqb eqb x y -> colv n x = colv n y.
Proof. by move/vec_eqb_den => E; apply/matrixP => i j; rewrite !mxE E. Qed.

Lemma entryE from d i : sorted from d -> val (entry zero d i) = den d i.
Proof.
elim: d from => [|[j a] d IH] from /=; first by rewrite val0 den_nil.
case/andP=> _ sd; rewrite den_cons; case: N.eqb_spec => [ji|_].
  by rewrite (den_sorted sd) ?addr0 //; lia.
by rewrite add0r; apply: IH sd.
Qed.

Lemma vec_apartE n x y : well_formed n x -> well_formed n y -> vec_apart zero apart x y ->
  colv (N.to_nat n) x != colv (N.to_nat n) y.
Proof.
move=> /andP[sx bx] /andP[sy by_] H; apply/negP => /eqP E.
have same i : (i < n)%num -> val (entry zero x i) = val (entry zero y i).
  move=> lt; have lt' : (N.to_nat i < N.to_nat n)%N by lia.
  have /matrixP/(_ (Ordinal lt') 0) := E.
  by rewrite !mxE /= N2Nat.id (entryE _ sx) (entryE _ sy).
have none z : below n z ->
    List.existsb (fun p => apart (entry zero x (fst p)) (entry zero y (fst p))) z = false.
  elim: z => [|[i a] z IH] //= /andP[/N.ltb_spec0 lt bz]; rewrite IH // orbF.
  by apply/negP => /apartE; apply; apply: same.
by move: H; rewrite /vec_apart (none _ x bx) (none _ y by_).
Qed.

(** ** Matrices *)
Section Matrices.
Variable n : N.
Let m := N.to_nat n.
Notation colm := (colv m).

Definition householder_factor (f : T * vec) : 'M[R]_m :=
  1%:M - (val f.1 / ((colm f.2)^T *m colm f.2) 0 0) *: (colm f.2 *m (colm f.2)^T).

Definition matrix_of (A : Checker.matrix T) : 'M[R]_m :=
  match A with
  | Diagonal d => diag_mx (\row_i den d (N.of_nat i))
  | RankOne fs => foldl (fun P f => factor (colm f.1, colm f.2) *m P) 1%:M fs
  | Householder fs => foldl (fun P f => householder_factor f *m P) 1%:M fs
  | Dense rows => \matrix_(i, j) den (List.nth i rows [::]) (N.of_nat j)
  end.

Lemma mul_scalar_cv (v x : 'cV[R]_m) : v *m (v^T *m x) = (v^T *m x) 0 0 *: v.
Proof.
apply/matrixP => i j; rewrite !ord1 mxE big_ord1 [RHS]mxE mulrC; congr (_ * _).
Qed.

Lemma apply_rank_oneE x f y : apply_rank_one zero opp add mul eqb n (Some x) f = Some y ->
  colm y = factor (colm f.1, colm f.2) *m colm x.
Proof.
rewrite /apply_rank_one /=; case E: (dot _ _ _ _ _ _) => [s|] //= [<-].
rewrite /factor mulmxBl mul1mx -mulmxA /=.
have -> : colm f.1 *m ((colm f.2)^T *m colm x) = val s *: colm f.1.
  by apply/matrixP => i j; rewrite !ord1 mxE big_ord1 (dotE E) [RHS]mxE mulrC.
case: ifP => [/eqbE|_]; first by rewrite val0 => ->; rewrite scale0r subr0.
by rewrite colv_vadd colv_vscale valN scaleNr.
Qed.

Lemma apply_householderE x f y : apply_householder zero opp add mul div eqb n (Some x) f = Some y ->
  colm y = householder_factor f *m colm x.
Proof.
rewrite /apply_householder /=; case E: (dot _ _ _ _ _ x) => [s|] //=.
rewrite /householder_factor mulmxBl mul1mx -scalemxAl -mulmxA mul_scalar_cv -(dotE E).
case: ifP => [/eqbE|_]; first by rewrite val0 => -> [<-]; rewrite scale0r scaler0 subr0.
case F: (dot _ _ _ _ _ f.2) => [q|] //=; case V: (div _ _) => [c|] //= [<-].
by rewrite colv_vadd colv_vscale valN valM (valV V) scaleNr -(dotE F) scalerA.
Qed.

Lemma fold_none (F : Type) (g : option vec -> F -> option vec) fs :
  (forall f, g None f = None) -> List.fold_left g fs None = None.
Proof. by move=> H; elim: fs => //= f fs IH; rewrite H. Qed.

Lemma apply_factors (F : Type) (g : option vec -> F -> option vec) (D : F -> 'M[R]_m) :
  (forall f, g None f = None) ->
  (forall x f y, g (Some x) f = Some y -> colm y = D f *m colm x) ->
  forall fs x y, List.fold_left g fs (Some x) = Some y ->
  colm y = foldl (fun P f => D f *m P) 1%:M fs *m colm x.
Proof.
move=> gN gS.
have acc fs (P : 'M[R]_m) : foldl (fun P f => D f *m P) P fs = foldl (fun P f => D f *m P) 1%:M fs *m P.
  elim: fs P => [|f fs IH] P /=; first by rewrite mul1mx.
  by rewrite IH [in RHS]IH mulmx1 mulmxA.
elim=> [|f fs IH] x y /=; first by case=> <-; rewrite mul1mx.
case E: (g (Some x) f) => [z|]; last by rewrite fold_none.
by move/IH => ->; rewrite (gS _ _ _ E) mulmx1 [in RHS]acc mulmxA.
Qed.

Lemma apply_diagonalE d x i : sorted 0 d ->
  den (apply_diagonal zero mul eqb d x) i = den d i * den x i.
Proof.
move=> sd; rewrite /apply_diagonal; elim: x => [|[j a] x IH] /=; first by rewrite !den_nil mulr0.
have val_e : val (mul (entry zero d j) a) = den d j * val a by rewrite valM (entryE _ sd).
rewrite [den ((j, a) :: x) i]den_cons mulrDr -IH.
case: ifP => [_|].
  by rewrite den_cons val_e; case: N.eqb_spec => [->|_]; rewrite ?mulr0.
move/negbFE/eqbE; rewrite val0 val_e => z.
by case: N.eqb_spec => [<-|_]; rewrite ?z ?mulr0 add0r.
Qed.

Lemma apply_rowsE i rows x y : apply_rows zero add mul eqb n i rows x = Some y ->
  forall k, den y k = if (i <=? k)%num && (k <? i + N.of_nat (List.length rows))%num then
      ((colm (List.nth (N.to_nat (k - i)) rows [::]))^T *m colm x) 0 0 else 0.
Proof.
elim: rows i y => [|row rows IH] i y /=.
  case=> <- k; rewrite den_nil; case: ifP => // /andP[/N.leb_spec0 ? /N.ltb_spec0 ?]; lia.
case E: (dot _ _ _ _ _ _) => [s|] //=; case F: (apply_rows _ _ _ _ _ _ _ _) => [z|] //= [<-] k.
have Hz := IH _ _ F k.
have -> : den (if eqb s zero then z else (i, s) :: z) k = (if N.eqb i k then val s else 0) + den z k.
  case: ifP => [/eqbE|_]; last by rewrite den_cons.
  by rewrite val0 => ->; case: (_ =? _)%num; rewrite add0r.
rewrite Hz; case: N.eqb_spec => [<-|ik].
  have -> : (N.succ i <=? i)%num = false by apply/N.leb_spec0; lia.
  have -> : (i <=? i)%num by apply/N.leb_spec0; lia.
  have -> : (i <? i + N.pos (Pos.of_succ_nat (List.length rows)))%num by apply/N.ltb_spec0; lia.
  by rewrite N.sub_diag /= addr0; apply: dotE E.
rewrite add0r.
have -> : (N.succ i <=? k)%num = (i <=? k)%num.
  by apply/N.leb_spec0/N.leb_spec0; lia.
have -> : (k <? N.succ i + N.of_nat (List.length rows))%num
        = (k <? i + N.pos (Pos.of_succ_nat (List.length rows)))%num.
  by apply/N.ltb_spec0/N.ltb_spec0; lia.
case: ifP => // /andP[/N.leb_spec0 le _].
have -> : N.to_nat (k - i) = (N.to_nat (k - N.succ i)).+1 by lia.
by [].
Qed.

Lemma applyE A x y : apply zero opp add mul div eqb n A x = Some y ->
  colm y = matrix_of A *m colm x.
Proof.
case: A => [d|fs|fs|rows] /=.
- case: ifP => // sd [<-]; apply/matrixP => i j.
  by rewrite mul_diag_mx !mxE apply_diagonalE.
- by apply: apply_factors => // x' f y'; apply: apply_rank_oneE.
- by apply: apply_factors => // x' f y'; apply: apply_householderE.
case: N.eqb_spec => // len E; apply/matrixP => i j; rewrite !ord1 [LHS]mxE (apply_rowsE E).
have -> : (0 <=? N.of_nat i)%num by apply/N.leb_spec0; lia.
have -> : (N.of_nat i <? 0 + N.of_nat (List.length rows))%num.
  by apply/N.ltb_spec0; rewrite N.add_0_l len; have := ltn_ord i; rewrite /m; lia.
rewrite N.sub_0_r Nat2N.id !mxE /=; apply: eq_bigr => k _; by rewrite !mxE.
Qed.

(** ** Decoders *)
Definition readout_of (r : readout T) (H : 'cV[R]_m) : option N :=
  find (outputs_by_count r)
    (List.fold_left (fun k t => if val t <= ((colm (weights r))^T *m H) 0 0 + val (constant r)
                                then N.succ k else k) (thresholds r) 0%num).
Fixpoint lookup_of (rows : list (vec * (N + Checker.table N))) (H : 'cV[R]_m) (s : N) : option N :=
  if rows is (row, o) :: rows' then
    if colm row == H then row_output o s else lookup_of rows' H s
  else None.
Definition decoder_fun (d : decoder T) (H : 'cV[R]_m) (s : N) : N :=
  odflt 0%num match d with
  | Affine r => readout_of r H
  | AffineByLetter rs => bind (find rs s) (fun r => readout_of r H)
  | Table rows => lookup_of rows H s
  end.

Lemma readE r h o : read zero add mul leb n r h = Some o -> readout_of r (colm h) = Some o.
Proof.
rewrite /read /=; case E: (dot _ _ _ _ _ _) => [s|] //=; rewrite /readout_of.
case F: (count_below _ _ _ _) => [k|] //= <-; congr (find _ _).
elim: (thresholds r) 0%num F => [|t ts IH] k0 /=; first by case.
by case L: (leb t _) => [b|] //= /IH <-; rewrite (lebE L) valD (dotE E).
Qed.

Lemma decode_vecE d h s o : decode_vec zero add mul eqb apart leb n d h s = Some o ->
  decoder_fun d (colm h) s = o.
Proof.
rewrite /decode_vec /decoder_fun; case: d => [r|rs|rows].
- by move/readE ->.
- by case: (find rs s) => //= r /readE ->.
case: ifP => // wh; elim: rows => //= -[row o'] rows IH; case: ifP => // wr.
case: ifP => [/vec_eqb_colv -> ->|_]; first by rewrite eqxx.
by case: ifP => // /(vec_apartE wr wh)/negPf -> /IH.
Qed.
End Matrices.

(** ** The network of a certificate *)
Definition map_of (L : Checker.layer T) (s : N) : Checker.matrix T * vec :=
  odflt (Diagonal [::], [::]) (find (maps L) s).
Definition layer_of (L : Checker.layer T) : linear_layer R N N :=
  @LinearLayer R N N (N.to_nat (dimension L)) 1
    (fun s => matrix_of (dimension L) (map_of L s).1)
    (fun s => colv _ (map_of L s).2)
    (colv _ (initial L)) (fun H s => decoder_fun (decoder_of L) H s).
Fixpoint network_of_layers (accept : N -> bool) (Ls : list (Checker.layer T)) : network N bool :=
  if Ls is L :: Ls' then Stack (exact (layer_of L)) (network_of_layers accept Ls') else Decode accept.
Definition network_of (C : certificate T) : network N bool :=
  network_of_layers (accepts_output C) (layers C).

(** The automaton, as a partial run. *)
Definition automaton_run (A : automaton) (w : seq N) : option N :=
  foldl (fun q x => bind q (fun q => next_state A q x)) (Some (initial_state A)) w.
Definition automaton_accepts (A : automaton) (w : seq N) : bool :=
  if automaton_run A w is Some q then accepting_state A q else false.

(** The vectors [hs] are the states of the layers after the word [w]. *)
Fixpoint tracks (Ls : list (Checker.layer T)) (hs : list vec) (w : seq N) : Prop :=
  match Ls, hs with
  | [::], [::] => True
  | L :: Ls', h :: hs' => run (layer_of L) w (start (layer_of L)) = colv _ h
                          /\ tracks Ls' hs' (outputs (exact (layer_of L)) w)
  | _, _ => False
  end.

Lemma advance_tracks accept Ls hs w x hs' o :
  tracks Ls hs w -> advance zero opp add mul div eqb apart leb Ls hs x = Some (hs', o) ->
  tracks Ls hs' (rcons w x) /\ net (network_of_layers accept Ls) w x = accept o.
Proof.
elim: Ls hs w x hs' o => [|L Ls IH] [|h hs] w x hs' o //=; first by move=> _ [<- <-].
case=> Hh Ht; case Ef: (find (maps L) x) => [[A b]|] //=.
case EA: (apply _ _ _ _ _ _ _ _ _) => [y|] //=; set h1 := vadd _ _ _ _ _.
case Ed: (decode_vec _ _ _ _ _ _ _ _ _ _) => [o1|] //=.
case Er: (advance _ _ _ _ _ _ _ _ _ _ _) => [[hs1 last]|] //= [<- <-].
have Hrun : run (layer_of L) (rcons w x) (start (layer_of L)) = colv _ h1.
  rewrite run_rcons Hh /= /map_of Ef /= -(applyE EA) /h1; by rewrite colv_vadd.
have Hout : exact (layer_of L) w x = o1.
  by rewrite /exact Hrun /=; apply: decode_vecE Ed.
have [Ht' Hn] := IH _ _ _ _ _ Ht Er.
by split; [split; rewrite ?outputs_rcons ?Hout | rewrite /compose Hout].
Qed.

Lemma tracks_eq Ls hs hs' w : all_vec_eqb eqb hs' hs -> tracks Ls hs w -> tracks Ls hs' w.
Proof.
elim: Ls hs hs' w => [|L Ls IH] [|h hs] [|h' hs'] w //= /andP[E Es] [Hh Ht].
by split; [rewrite Hh; apply: esym; apply: vec_eqb_colv | apply: IH Es Ht].
Qed.

Lemma for_all_belowP n f : for_all_below n f -> forall k, (k < n)%num -> f k.
Proof.
rewrite /for_all_below; set step := fun p : N * bool => _.
have fst_ m : (N.iter m step (0%num, true)).1 = m.
  elim/N.peano_ind: m => // m IH; rewrite N.iter_succ /=.
  by case: (N.iter m step _) IH => a b /= ->.
elim/N.peano_ind: n => [|n IH]; first by move=> _ k; lia.
rewrite N.iter_succ; have := fst_ n; case E: (N.iter n step _) => [a b] /= -> H k lt.
have [kn|->] : (k < n)%num \/ k = n by lia.
  by apply: IH kn; rewrite E; case: b E H.
by case: b E H.
Qed.

Theorem check_empty C : check zero opp add mul div eqb apart leb C ->
  accept_empty C = automaton_accepts (automaton_of C) [::].
Proof. by case/andP => /andP[_ /eqb_prop]. Qed.

Theorem check_sound C : check zero opp add mul div eqb apart leb C ->
  forall w x, all (fun y => (y <? letters C)%num) (rcons w x) ->
  net (network_of C) w x = automaton_accepts (automaton_of C) (rcons w x).
Proof.
move=> /andP[/andP[Hs _] Hp].
have inv w : all (fun y => (y <? letters C)%num) w -> exists k p,
    [/\ (k < point_count C)%num, find (points C) k = Some p, tracks (layers C) (vectors p) w
      & automaton_run (automaton_of C) w = Some (state_of p)].
  elim/last_ind: w => [_|w x IH].
    move: Hs; rewrite /check_start; case E: (find _ _) => [p|] //= /andP[/andP[ev /N.eqb_spec es] /N.ltb_spec0 c0].
    exists 0%num, p; split=> //; last by rewrite /automaton_run /= es.
    apply: (tracks_eq ev) => {ev}.
    by elim: (layers C) => //= L Ls IH; split.
  rewrite all_rcons => /andP[/N.ltb_spec0 xk aw]; have [k [p [kc Ek tr ar]]] := IH aw.
  have := for_all_belowP Hp kc; rewrite /check_point Ek => /for_all_belowP/(_ x xk).
  rewrite /check_step; case: (find (steps p) x) => [t|] //; case Et: (find (points C) t) => [q|] //.
  case Ea: (advance _ _ _ _ _ _ _ _ _ _ _) => [[hs o]|] //; case En: (next_state _ _ _) => [r|] //.
  case/andP => /andP[/andP[/N.ltb_spec0 tc eq] /N.eqb_spec sq] _.
  exists t, q; split=> //.
    by apply: (tracks_eq eq); have [] := advance_tracks predT tr Ea.
  by rewrite /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En sq.
move=> w x; rewrite all_rcons => /andP[/N.ltb_spec0 xk aw]; have [k [p [kc Ek tr ar]]] := inv w aw.
have := for_all_belowP Hp kc; rewrite /check_point Ek => /for_all_belowP/(_ x xk).
rewrite /check_step; case: (find (steps p) x) => [t|] //; case Et: (find (points C) t) => [q|] //.
case Ea: (advance _ _ _ _ _ _ _ _ _ _ _) => [[hs o]|] //; case En: (next_state _ _ _) => [r|] //.
case/andP => _ /eqb_prop acc.
rewrite /network_of; have [_ ->] := advance_tracks (accepts_output C) tr Ea.
by rewrite acc /automaton_accepts /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En.
Qed.
End Sound.

(** ** Rational numbers *)
Section Rational.
Variable R : numFieldType.

Definition z_value (z : Z) : R := (int_of_Z z)%:~R.
Definition q_value (q : Q) : R := z_value (Qnum q) / z_value (Zpos (Qden q)).

Lemma z_valueD x y : z_value (Z.add x y) = z_value x + z_value y.
Proof. by rewrite /z_value -intrD; congr (_%:~R); lia. Qed.
Lemma z_valueM x y : z_value (Z.mul x y) = z_value x * z_value y.
Proof. by rewrite /z_value -intrM; congr (_%:~R); lia. Qed.
Lemma z_valueN x : z_value (Z.opp x) = - z_value x.
Proof. by rewrite /z_value -mulrNz; congr (_%:~R); lia. Qed.
Lemma z_value0 : z_value Z0 = 0. Proof. by []. Qed.
Lemma z_value1 : z_value (Zpos xH) = 1. Proof. by []. Qed.
Lemma z_value_eq x y : (z_value x == z_value y) = Z.eqb x y.
Proof. rewrite /z_value eqr_int; lia. Qed.
Lemma z_value_le x y : (z_value x <= z_value y) = Z.leb x y.
Proof. rewrite /z_value ler_int; lia. Qed.
Lemma den_gt0 p : 0 < z_value (Zpos p).
Proof. rewrite /z_value ltr0z; lia. Qed.
Lemma den_neq0 p : z_value (Zpos p) != 0.
Proof. by rewrite gt_eqF // den_gt0. Qed.

Lemma q_value_eq a b : q_eqb a b = (q_value a == q_value b).
Proof.
rewrite /q_eqb /Qeq_bool /q_value eqr_div ?den_neq0 // -!z_valueM z_value_eq.
by rewrite /Zeq_bool Z.eqb_compare; case: (Z.compare _ _).
Qed.
Lemma q_value_le a b : q_leb a b = (q_value a <= q_value b).
Proof.
rewrite /q_leb /Qle_bool /q_value ler_pdivr_mulr ?den_gt0 // mulrAC ler_pdivl_mulr ?den_gt0 //.
by rewrite -!z_valueM z_value_le.
Qed.
Lemma q_value_red a : q_value (Qred a) = q_value a.
Proof.
by apply/eqP; rewrite -q_value_eq; apply: Qeq_eq_bool; apply: Qred_correct.
Qed.
Lemma q_value_int n : q_value (Qmake n 1) = z_value n.
Proof. by rewrite /q_value z_value1 divr1. Qed.

Lemma q_addE a b : q_value (q_add a b) = q_value a + q_value b.
Proof.
rewrite /q_add /both_integers; case: ifP => [/andP[/Pos.eqb_spec da /Pos.eqb_spec db]|_].
  by rewrite q_value_int z_valueD /q_value da db z_value1 !divr1.
by rewrite q_value_red /q_value addf_div ?den_neq0 // -!z_valueM -z_valueD.
Qed.
Lemma q_mulE a b : q_value (q_mul a b) = q_value a * q_value b.
Proof.
rewrite /q_mul /both_integers; case: ifP => [/andP[/Pos.eqb_spec da /Pos.eqb_spec db]|_].
  by rewrite q_value_int z_valueM /q_value da db z_value1 !divr1.
by rewrite q_value_red /q_value mulf_div -!z_valueM.
Qed.
Lemma q_oppE a : q_value (q_opp a) = - q_value a.
Proof. by rewrite /q_value /= z_valueN mulNr. Qed.
Lemma q_divE a b : q_value (q_div a b) = q_value a / q_value b.
Proof.
have inv c : q_value (Qinv c) = (q_value c)^-1.
  case: c => [[|p|p] q]; rewrite /q_value /Qinv /=; first by rewrite z_value0 !mul0r invr0.
    by rewrite invf_div.
  have N r : z_value (Zneg r) = - z_value (Zpos r) by rewrite -z_valueN.
  by rewrite !N !mulNr invrN invf_div.
rewrite /q_div q_value_red -inv /Qdiv.
by rewrite /q_value mulf_div -!z_valueM.
Qed.

(** The verified checker. For every ordered field, so for the real numbers: the network of
    matrices over that field and the automaton accept the same words over the
    letters of the certificate. *)
Theorem check_rational_sound (C : certificate Q) : check_rational C ->
  (forall w x, all (fun y => N.ltb y (letters C)) (rcons w x) ->
     net (network_of q_value C) w x = automaton_accepts (automaton_of C) (rcons w x)) /\
  accept_empty C = automaton_accepts (automaton_of C) [::].
Proof.
have val0 : q_value (Qmake Z0 xH) = 0 by rewrite /q_value z_value0 mul0r.
move=> H; split; last exact: check_empty H.
have eqE a b : q_eqb a b -> q_value a = q_value b by rewrite q_value_eq => /eqP.
have apartE a b : ~~ q_eqb a b -> q_value a <> q_value b by rewrite q_value_eq => /eqP.
have leE a b c : Some (q_leb a b) = Some c -> c = (q_value a <= q_value b) by case=> <-; apply: q_value_le.
have divE a b c : Some (q_div a b) = Some c -> q_value c = q_value a / q_value b by case=> <-; apply: q_divE.
by move=> w x; apply: (check_sound val0 q_oppE q_addE q_mulE divE eqE apartE leE H).
Qed.
End Rational.
