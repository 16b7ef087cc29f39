(** * Every finite group on four layers, one factor a letter

    The number of layers does not grow with the group, if a letter may have one factor [I - v v^T], [v] real, [v^T v <= 2], of norm at most
    1 (or the identity). All four layers have finitely many states.
    - [permutation_four_layers]: such layers run every automaton all of whose letters are permutations;
    - [group_four_layers]: so they multiply in every finite group;
    - [automaton_four_layers]: every automaton, if the factors of the last layer may be copies [I - (e_i - e_j) e_i^T], too, whose norm is
      greater than 1.

    Proof. A letter is a map of [n] points. Every product of [n] of them is a product of [n] swaps and copies, swaps alone for
    permutations ([map_product_sharp]); so a machine that does one factor at a time can keep up with blocks of [n] letters, if it is one
    block late. Layers 1 and 2 count the letters modulo [2 n] ([TwoReflections]), layer 3 is a ring of the last [2 n] letters
    ([RingBuffer]): at every letter it holds the block before the current one, and the current one so far. Layer 4 applies
    the factors of the block before, one a letter. The decoder applies the factors that are left, then the letters of the current block. Before the
    first block stands one of identities. *)
From mathcomp Require Import all_ssreflect all_fingroup all_algebra all_field zify.
From Eigenmata Require Import Words Networks LinearLayers Settling HouseholderFactors TwoReflections RingBuffer.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory.
Local Open Scope nat_scope.

(** ** A counter that numbers letters by ordinals *)
Section Counter.
Variables (I : Type) (M m : nat).
Hypothesis M0 : 0 < M.

Lemma counter_layers : exists h : algC,
  let f1 := fun w (a : I) => (a, rotations (fun _ : I => (false, 1%R : int)) (rcons w a)) in
  let f2 := exact (plane_layer M (fun _ : I => (false, 1%R : int)) (fun g a => (a, place M0 (m + M.-1 + `|g.2|))) h) in
  [/\ reflection_layer f1, reflection_layer f2 & compose f1 f2 =2 numbered M0 m].
Proof.
have [|h hP] := @C_prim_root_exists (8 * M); first by rewrite muln_gt0.
exists h; split; [exact: rotation_layer_ok | exact: plane_layer_ok hP|].
move=> w x; rewrite /compose (plane_answer _ _ M0 hP) /numbered; congr (_, _).
have -> (v : seq I) : (dihedral_product (fun _ : I => (false, 1%R : int)) v).2 = Posz (size v).
  elim/last_ind: v => // v a IH; rewrite /dihedral_product -cats1 foldl_cat /= -/(dihedral_product _ v) IH.
  have -> : (dihedral_product (fun _ : I => (false, 1%R : int)) v).1 = false.
    by elim/last_ind: v {IH} => // v b IH; rewrite /dihedral_product -cats1 foldl_cat /= -/(dihedral_product _ v) IH.
  by rewrite size_cat addn1 expr0 mul1r; lia.
rewrite size_rcons modz_nat /=; apply: eq_place; rewrite modnDmr -addnA.
have -> : M.-1 + (size w).+1 = M + size w by rewrite addnS -addSn prednK.
by rewrite addnCA modnDl.
Qed.
End Counter.

Section Automaton.
Variables (I O : Type) (n : nat) (delta : I -> {ffun 'I_n -> 'I_n}) (q0 : 'I_n) (dec : 'I_n -> I -> O).
(** Only swaps, for letters that are permutations. *)
Variable swaps : bool.
Hypothesis permuting : swaps -> forall a, injective (delta a).
Notation self_map := {ffun 'I_n -> 'I_n}.
Notation elementary := (bool * ('I_n * 'I_n))%type.

Let n0 : 0 < n := leq_ltn_trans (leq0n _) (ltn_ord q0).
Let M := 2 * n.
Let M0 : 0 < M. Proof. by rewrite muln_gt0. Qed.
Definition blank : self_map := [ffun q => q].
Definition apply_maps (q : 'I_n) (fs : seq self_map) : 'I_n := foldl (fun q (f : self_map) => f q) q fs.
Definition apply_factors (q : 'I_n) (cs : seq elementary) : 'I_n := foldl (fun q c => emap c q) q cs.

(** ** A block by one factor a letter *)
Definition idle : elementary := (true, (q0, q0)).
Definition is_factors (fs : seq self_map) (cs : n.-tuple elementary) :=
  [forall q, apply_factors q cs == apply_maps q fs] && (swaps ==> all (fun c => c.1) cs).
Definition factors (fs : seq self_map) : seq elementary := odflt [tuple of nseq n idle] [pick cs | is_factors fs cs].

Lemma size_factors fs : size (factors fs) = n.
Proof. exact: size_tuple. Qed.
Lemma factors_swaps fs : swaps -> all (fun c => c.1) (factors fs).
Proof.
by move=> sw; rewrite /factors; case: pickP => [cs /andP[_ /implyP -> //]|_] /=; rewrite all_nseq orbT.
Qed.

Lemma apply_idle q k : apply_factors q (nseq k idle) = q.
Proof. by elim: k q => //= k IH q; rewrite /emap /= tperm1 perm1 IH. Qed.

Lemma factorsE (fs : seq self_map) q : (swaps -> forall f, f \in fs -> injective f) -> apply_factors q (factors fs) = apply_maps q fs.
Proof.
move=> inj; rewrite /factors; case: pickP => [cs /andP[/forallP/(_ q)/eqP //]|none] /=.
have [s [Es ss si]] := map_product_sharp [fieldType of algC] (fun q => apply_maps q fs).
have sn : size s <= n by rewrite ss rank_leq_row.
have st : size (nseq (n - size s) idle ++ rev s) == n by rewrite size_cat size_nseq size_rev subnK.
have foldE k : apply_factors k (rev s) = ecomp s k.
  by elim: s {Es ss si sn st} k => // c s IH k; rewrite rev_cons /apply_factors -cats1 foldl_cat /= -/(apply_factors _ _) IH.
case/idP: (none (Tuple st)); apply/andP; split.
  apply/forallP => k; rewrite /= /apply_factors foldl_cat -/(apply_factors k _) -/(apply_factors _ _) apply_idle foldE.
  by rewrite -Es.
apply/implyP => sw; rewrite /= all_cat all_nseq orbT all_rev si // => a b.
elim: fs inj a b {Es ss si none} => //= f fs IH inj a b E.
apply: (inj sw f (mem_head _ _)); apply: IH E => _ g gs; apply: inj => //.
by rewrite inE gs orbT.
Qed.

(** ** What the fourth layer reads *)
Notation letter3 := (I * 'I_M)%type.
Notation letter4 := (letter3 * {ffun 'I_M -> self_map})%type.
Definition block_before (y : letter4) : seq self_map := mkseq (fun k => y.2 (place M0 (y.1.2 %/ n * n + n + k))) n.
Definition block_so_far (y : letter4) : seq self_map := mkseq (fun k => y.2 (place M0 (y.1.2 %/ n * n + k))) (y.1.2 %% n).+1.

Notation f2 := (numbered (X := I) M0 n).
Definition f3 (w : seq I) (x : I) : letter4 := (f2 w x, ring delta blank (rcons (outputs f2 w) (f2 w x))).
Notation letters := (padded delta blank n).

Lemma f3E w x : f3 w x = (f2 w x, ring delta blank (outputs f2 (rcons w x))).
Proof. by rewrite outputs_rcons. Qed.

Lemma in_block w x : (f3 w x).1.2 %% n = (n + size w) %% n.
Proof. by rewrite /= modn_dvdm // dvdn_mull. Qed.
Lemma block_place w x k : place M0 ((f3 w x).1.2 %/ n * n + k) = place M0 ((n + size w) %/ n * n + k).
Proof.
by apply: eq_place; rewrite /= /M -modn_divl muln_modl modnDml.
Qed.

Lemma block_so_farE w x : block_so_far (f3 w x) = drop ((n + size w) %/ n * n) (letters (rcons w x)).
Proof.
rewrite /block_so_far in_block; set u := n + size w.
have su : size (letters (rcons w x)) = u.+1 by rewrite size_padded size_rcons addnS.
have E := divn_eq u n; apply: (@eq_from_nth _ blank).
  by rewrite size_mkseq size_drop su; lia.
move=> k; rewrite size_mkseq => kr; rewrite nth_mkseq // block_place f3E nth_drop ring_content ?size_rcons ?addnS //.
rewrite -/u; have := ltn_pmod u n0; rewrite /M; lia.
Qed.

Lemma block_beforeE w x :
  block_before (f3 w x) = take n (drop (((n + size w) %/ n).-1 * n) (letters w)).
Proof.
rewrite /block_before; set u := n + size w.
have su : size (letters w) = u by rewrite size_padded.
have E := divn_eq u n; have r := ltn_pmod u n0.
have b0 : 0 < u %/ n by rewrite divn_gt0 // leq_addr.
case Eb: (u %/ n) b0 E => [//|b] _ E /=; have Em : b.+1 * n = b * n + n by rewrite mulSn addnC.
apply: (@eq_from_nth _ blank); first by rewrite size_mkseq size_takel // size_drop su; lia.
move=> k; rewrite size_mkseq => kn; rewrite nth_mkseq // nth_take // nth_drop -addnA (block_place w x) -/u Eb.
have -> : place M0 (b.+1 * n + (n + k)) = place M0 (b * n + k).
  by apply: eq_place; rewrite Em -!addnA [n + (n + k)]addnA addnn -mul2n -/M addnCA modnDl.
rewrite -(outputs_rcons f2) ring_content ?size_rcons; last by rewrite addnS -/u /M; lia.
by rewrite padded_rcons nth_rcons su; have -> : b * n + k < u by lia.
Qed.

(** ** The fourth layer *)
Definition chosen (y : letter4) : elementary := nth idle (factors (block_before y)) (y.1.2 %% n).
Definition answer4 (q : 'I_n) (y : letter4) : O :=
  dec (apply_maps (apply_factors q (drop (y.1.2 %% n).+1 (factors (block_before y)))) (block_so_far y)) y.1.1.
Definition follow (v : seq letter4) : 'I_n := foldl (fun q y => emap (chosen y) q) q0 v.

Definition factor_layer : linear_layer [ringType of algC] letter4 O :=
  @LinearLayer [ringType of algC] letter4 O n 1 (fun y => map_matrix [comRingType of algC] (emap (chosen y))) (fun _ => 0%R)
    (e [comRingType of algC] q0) (fun H y => answer4 (odflt q0 [pick q | H == e [comRingType of algC] q]) y).

Lemma factor_run v : run factor_layer v (start factor_layer) = e [comRingType of algC] (follow v).
Proof.
elim/last_ind: v => // v y IH; rewrite run_rcons IH /= addr0 map_matrix_e.
by rewrite /follow -cats1 foldl_cat.
Qed.

Lemma factor_answer v y : exact factor_layer v y = answer4 (follow (rcons v y)) y.
Proof.
rewrite /exact factor_run /=; congr answer4; case: pickP => [q /eqP E|/(_ (follow (rcons v y)))]; last by rewrite eqxx.
have /matrixP/(_ q ord0) := E; rewrite !e_entry eqxx; case: eqP => [->//|_ /eqP].
by rewrite eq_sym (oner_eq0 [ringType of algC]).
Qed.

(** A swap or a copy, or a swap alone. *)
Definition elementary_layer (f : causal letter4 O) := exists L : linear_layer [ringType of algC] letter4 O,
  [/\ f =2 exact L, forall y, exists c, transition L y = map_matrix [comRingType of algC] (emap c) /\ (swaps -> c.1)
    & finite_orbit L (@all_words letter4)].

Lemma factor_layer_ok : elementary_layer (exact factor_layer).
Proof.
exists factor_layer; split=> // [y|].
  exists (chosen y); split=> // /(factors_swaps (block_before y)) /allP; apply.
  by rewrite mem_nth // size_factors ltn_pmod.
exists [seq (b%:R)%R | b : bool <- [:: true; false]] => v i j _; rewrite factor_run ord1 e_entry.
by apply: (map_f (fun b : bool => (b%:R)%R)); case: (_ == _).
Qed.

(** ** The invariant *)
(** Where layer 4 is after the letters [fs], the block of identities included. *)
Definition late (fs : seq self_map) : 'I_n :=
  apply_factors (apply_maps q0 (take ((size fs %/ n).-1 * n) fs))
    (take (size fs %% n) (factors (take n (drop ((size fs %/ n).-1 * n) fs)))).

Lemma letters_inj w : swaps -> forall f, f \in letters w -> injective f.
Proof.
move=> sw f; rewrite mem_cat => /orP[/nseqP[-> _] a b|]; first by rewrite !ffunE.
by elim: w => //= x w IH; rewrite inE => /orP[/eqP->|//]; apply: permuting.
Qed.

Lemma block_product w b q :
  apply_factors q (factors (take n (drop b (letters w)))) = apply_maps q (take n (drop b (letters w))).
Proof. by apply: factorsE => sw f /mem_take/mem_drop; apply: letters_inj. Qed.

Lemma followE w : follow (outputs f3 w) = late (letters w).
Proof.
elim/last_ind: w => [|w x IH].
  rewrite /late size_padded addn0 divnn n0 modnn /= mul0n !take0 //.
rewrite outputs_rcons /follow -cats1 foldl_cat /= -/(follow _) IH /chosen in_block block_beforeE /late.
set fs := letters w; set u := n + size w; have su : size fs = u by rewrite size_padded.
rewrite padded_rcons -/fs size_rcons su; set b := u %/ n; set r := u %% n.
have E : u = b * n + r := divn_eq u n; have rn : r < n := ltn_pmod u n0.
have b0 : 0 < b by rewrite divn_gt0 // leq_addr.
have Em : b * n = b.-1 * n + n by rewrite -{1}(prednK b0) mulSn addnC.
have tk k : k <= u -> take k (rcons fs (delta x)) = take k fs by move=> ku; rewrite -cats1 takel_cat // su.
have grow cs : size cs = n -> emap (nth idle cs r) (apply_factors (apply_maps q0 (take (b.-1 * n) fs)) (take r cs))
    = apply_factors (apply_maps q0 (take (b.-1 * n) fs)) (take r.+1 cs).
  by move=> sc; rewrite (take_nth idle) ?sc // /apply_factors -[rcons _ _]cats1 foldl_cat.
rewrite grow ?size_factors //.
have [rl|rl] := ltnP r.+1 n.
  have Eb : u.+1 %/ n = b by rewrite E -addnS divnMDl // divn_small // addn0.
  have Er : u.+1 %% n = r.+1 by rewrite E -addnS modnMDl modn_small.
  rewrite Eb Er tk; last by lia.
  have -> : take n (drop (b.-1 * n) (rcons fs (delta x))) = take n (drop (b.-1 * n) fs).
    by rewrite (drop_rcons (s := fs)) ?su -?cats1 ?takel_cat ?size_drop ?su //; lia.
  by [].
have rE : r.+1 = n by lia.
have Eu : u.+1 = b.+1 * n by rewrite E -addnS rE mulSn addnC.
rewrite Eu mulnK // modnMl take0 /= (tk (b * n)); last by rewrite E leq_addr.
rewrite (take_oversize (s := factors _)) ?size_factors ?rE // block_product Em.
by rewrite takeD /apply_maps foldl_cat.
Qed.

Lemma answerE w x : answer4 (follow (outputs f3 (rcons w x))) (f3 w x)
  = dec (foldl (fun q a => delta a q) q0 (rcons w x)) x.
Proof.
rewrite outputs_rcons /follow -cats1 foldl_cat /= -/(follow _) followE /answer4 /chosen in_block block_beforeE block_so_farE.
congr dec; rewrite /late size_padded; set fs := letters w; set u := n + size w; set b := u %/ n; set cs := factors _.
have rn : u %% n < size cs by rewrite size_factors ltn_pmod.
have -> q : apply_factors (emap (nth idle cs (u %% n)) (apply_factors q (take (u %% n) cs))) (drop (u %% n).+1 cs)
    = apply_factors q cs.
  by rewrite -[X in _ = apply_factors q X](cat_take_drop (u %% n) cs) (drop_nth idle rn) /apply_factors foldl_cat.
rewrite block_product /apply_maps -!foldl_cat -?catA catA -takeD.
have b0 : 0 < b by rewrite divn_gt0 // leq_addr.
have -> : b.-1 * n + n = b * n by rewrite -{2}(prednK b0) mulSn addnC.
have bu : b * n <= size fs by rewrite size_padded leq_trunc_div.
rewrite padded_rcons -/fs drop_rcons // -rcons_cat cat_take_drop -cats1 foldl_cat /=.
rewrite -cats1 [in RHS]foldl_cat /=; congr (delta x _); rewrite /fs /padded foldl_cat.
have -> k : foldl (fun q (f : self_map) => f q) q0 (nseq k blank) = q0 by elim: k => //= k; rewrite ffunE.
by elim: w q0 {fs u b cs rn b0 bu} => //= a w IH q.
Qed.

Lemma automaton_layers :
  exists (f1 : causal I (I * bool)) (f2 : causal (I * bool) letter3) (f3 : causal letter3 letter4) (f4 : causal letter4 O),
  [/\ reflection_layer f1, reflection_layer f2, single_factor_layer f3, elementary_layer f4
    & forall w x, net (Stack f1 (Stack f2 (Stack f3 (Stack f4 (Decode id))))) w x
                  = dec (foldl (fun q a => delta a q) q0 (rcons w x)) x].
Proof.
have [h] := counter_layers I n M0; set g1 := fun w a => _; set g2 := exact _ => -[ok1 ok2 count].
exists g1, g2, (fun v a => (a, ring delta blank (rcons v a))), (exact factor_layer).
split=> // [||w x]; [exact: ring_layer_ok | exact: factor_layer_ok |].
have E : outputs g2 (outputs g1 w) = outputs f2 w by rewrite -compose_outputs; apply: eq_outputs count.
rewrite -answerE [outputs f3 _]outputs_rcons -factor_answer.
transitivity (exact factor_layer (outputs (fun v a => (a, ring delta blank (rcons v a))) (outputs g2 (outputs g1 w)))
  (compose g1 g2 w x, ring delta blank (rcons (outputs g2 (outputs g1 w)) (compose g1 g2 w x)))); first by [].
by rewrite E count -(compose_outputs f2).
Qed.
End Automaton.

(** ** The theorems *)
Section Theorems.
Variables (I O : Type) (n : nat) (delta : I -> 'I_n -> 'I_n) (q0 : 'I_n) (dec : 'I_n -> I -> O).

Theorem permutation_four_layers : (forall a, injective (delta a)) ->
  exists N : network I O, [/\ layers_in single_factor_layer N, depth N = 4
    & forall w x, net N w x = dec (foldl (fun q a => delta a q) q0 (rcons w x)) x].
Proof.
move=> inj; have [|f1 [f2 [f3 [f4 [ok1 ok2 ok3 ok4 run4]]]]] :=
  @automaton_layers I O n (fun a => [ffun q => delta a q]) q0 dec true.
  by move=> _ a p q; rewrite !ffunE; apply: inj.
exists (Stack f1 (Stack f2 (Stack f3 (Stack f4 (Decode id))))); split=> // [|w x].
  split; first exact: reflection_layer_single.
  split; first exact: reflection_layer_single.
  split=> //; split=> //; case: ok4 => L [fL one fin]; exists L; split=> // y.
  have [[b [i j]] [-> /(_ isT) /= ->]] := one y; exact: swap_single.
by rewrite run4; congr dec; elim: (rcons w x) (q0) => //= a v IH q; rewrite IH ffunE.
Qed.

(** The last layer: a swap or a copy for each letter. *)
Definition swap_copy_layer J P (f : causal J P) := exists L : linear_layer [ringType of algC] J P,
  [/\ f =2 exact L, forall y, exists c, transition L y = map_matrix [comRingType of algC] (emap c)
    & finite_orbit L (@all_words J)].
Theorem automaton_four_layers :
  exists N : network I O, [/\ layers_in (fun J P f => single_factor_layer f \/ swap_copy_layer f) N, depth N = 4
    & forall w x, net N w x = dec (foldl (fun q a => delta a q) q0 (rcons w x)) x].
Proof.
have [|f1 [f2 [f3 [f4 [ok1 ok2 ok3 ok4 run4]]]]] :=
  @automaton_layers I O n (fun a => [ffun q => delta a q]) q0 dec false; first by [].
exists (Stack f1 (Stack f2 (Stack f3 (Stack f4 (Decode id))))); split=> // [|w x].
  split; first by left; apply: reflection_layer_single.
  split; first by left; apply: reflection_layer_single.
  split; first by left.
  split=> //; right; case: ok4 => L [fL one fin]; exists L; split=> // y.
  by have [c [E _]] := one y; exists c.
by rewrite run4; congr dec; elim: (rcons w x) (q0) => //= a v IH q; rewrite IH ffunE.
Qed.
End Theorems.

(** Letters stand for elements of a group; the answer is any function of their product and of the last letter. *)
Theorem group_four_layers (G : finGroupType) I O (eta : I -> G) (dec : G -> I -> O) :
  exists N : network I O, [/\ layers_in single_factor_layer N, depth N = 4
    & forall w x, net N w x = dec (foldl (fun g a => g * eta a)%g 1%g (rcons w x)) x].
Proof.
have [|N [lN dN run]] := @permutation_four_layers I O #|G| (fun a q => enum_rank (enum_val q * eta a)%g)
  (enum_rank (1%g : G)) (fun q => dec (enum_val q)).
  by move=> a p q /enum_rank_inj/mulIg/enum_val_inj.
exists N; split=> // w x; rewrite run; congr dec; rewrite -{2}[1%g](@enum_rankK G).
by elim: (rcons w x) (enum_rank 1%g) => //= a v IH q; rewrite IH enum_rankK.
Qed.

(** The word problem of S_3, a group that is not Abelian. *)
Example symmetric_group_three : exists N : network 'S_3 bool, [/\ layers_in single_factor_layer N, depth N = 4
  & recognises N (fun w => foldl mulg 1%g w == 1%g)].
Proof. exact: (@group_four_layers [finGroupType of 'S_3] _ _ id (fun g _ => g == 1%g)). Qed.
