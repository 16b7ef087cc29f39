(** * Words, languages, and the periods of powers

    Words are sequences read from left to right. A language that a finite
    automaton accepts is _periodic_ with period [q] if, from some [n] on,
    membership of [u w^k v] has in [k] the period [q], whatever [u], [w], [v].
    With [q = 1] this is McNaughton and Papert's "noncounting", hence star-free
    (Schützenberger; that equivalence is cited, not checked).

    Proved here:
    - [dfa_periodic]: for the language of an automaton it is enough that
      membership of [u (w^q)^k v] settles for each [u], [w], [v] by itself;
    - [periodic_group]: then every group in the syntactic monoid has an exponent
      that divides [q]; so it is trivial if [q = 1] ([noncounting_group]), and a
      2-group if [q] is a power of two ([two_periodic_group]). *)
From mathcomp Require Import all_ssreflect all_fingroup all_solvable.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** ** Classical reasoning without axioms

    [classically P] is MathComp's double negation into the booleans: what
    follows from [P] and is decidable, follows from [classically P]. *)
Lemma classic_fin (F : finType) (P : F -> Prop) :
  (forall i, classically (P i)) -> classically (forall i, P i).
Proof.
move=> cP b Hb.
have H : forall s : seq F, classically (forall i, i \in s -> P i).
  elim=> [|i s IH] c Hc; first by apply: Hc.
  apply: (cP i) => Pi; apply: IH => Ps; apply: Hc => k.
  by rewrite inE => /orP[/eqP ->|/Ps].
by apply: (H (enum F)) => HH; apply: Hb => i; apply: HH; rewrite mem_enum.
Qed.

Lemma classic_and (P Q : Prop) : classically P -> classically Q -> classically (P /\ Q).
Proof. by move=> cP cQ b Hb; apply: cP => p; apply: cQ => q; apply: Hb. Qed.

Lemma classic_imp (P Q : Prop) : (P -> Q) -> classically P -> classically Q.
Proof. by move=> PQ cP b Hb; apply: cP => p; apply: Hb; apply: PQ. Qed.

(** ** Powers of words *)
Section Powers.
Variable T : Type.
Implicit Types u v w : seq T.

Definition wpow w k := flatten (nseq k w).

Lemma wpow0 w : wpow w 0 = [::]. Proof. by []. Qed.
Lemma wpow1 w : wpow w 1 = w. Proof. exact: cats0. Qed.
Lemma wpowS w k : wpow w k.+1 = w ++ wpow w k. Proof. by []. Qed.
Lemma wpowD w j k : wpow w (j + k) = wpow w j ++ wpow w k.
Proof. by rewrite /wpow nseqD flatten_cat. Qed.
Lemma wpowSr w k : wpow w k.+1 = wpow w k ++ w.
Proof. by rewrite -addn1 wpowD wpow1. Qed.
Lemma wpowM w q k : wpow (wpow w q) k = wpow w (q * k).
Proof. by elim: k => [|k IH]; rewrite ?muln0 // wpowS mulnS wpowD IH. Qed.
Lemma size_wpow w k : size (wpow w k) = size w * k.
Proof. by elim: k => [|k IH]; rewrite ?muln0 // wpowS size_cat IH mulnS. Qed.
Lemma wpow_nil k : wpow [::] k = [::] :> seq T.
Proof. by elim: k. Qed.
Lemma wpow_letter (a : T) k : wpow [:: a] k = nseq k a.
Proof. by elim: k => //= k IH; rewrite wpowS IH. Qed.
End Powers.

(** ** Automata and their languages *)
Record dfa (I : Type) := Dfa {
  dstate : finType;
  dstart : dstate;
  dnext : dstate -> I -> dstate;
  dfinal : pred dstate }.

Definition drun I (A : dfa I) := foldl (@dnext I A).
Definition daccepts I (A : dfa I) (w : seq I) : bool := dfinal (drun (dstart A) w).

Lemma drun_cat I (A : dfa I) q u v : @drun I A q (u ++ v) = drun (drun q u) v.
Proof. exact: foldl_cat. Qed.

Lemma drun_wpow I (A : dfa I) q w k : @drun I A q (wpow w k) = iter k (fun q => drun q w) q.
Proof. by elim: k q => // k IH q; rewrite wpowSr drun_cat IH. Qed.

(** Membership of [u w^k v] has, from [n] on, the period [q] in [k]. *)
Definition periodic I (L : seq I -> bool) n q :=
  forall u w v k, n <= k -> L (u ++ wpow w (k + q) ++ v) = L (u ++ wpow w k ++ v).
Definition noncounting I (L : seq I -> bool) n := periodic L n 1.

(** Iterating a map of a finite set runs into a cycle within as many steps as
    the set has elements. *)
Lemma iter_cycle (S : finType) (f : S -> S) s :
  exists2 c, 0 < c & forall k, #|S| <= k -> iter (k + c) f s = iter k f s.
Proof.
have /trajectP[i io E] := looping_order f s.
exists (fingraph.order f s - i); first by rewrite subn_gt0.
move=> k Sk; have ok : fingraph.order f s <= k by apply: leq_trans (max_card _) Sk.
have ik : i <= k by apply: leq_trans (ltnW io) ok.
rewrite -[k in LHS](subnK ik) -addnA [i + _]addnC subnK; last exact: ltnW.
by rewrite iterD E -iterD subnK.
Qed.

(** For one word [w]. *)
Lemma dfa_periodic_word I (A : dfa I) q w :
  (forall u v x, classically (exists K, forall k, K <= k ->
     daccepts A (u ++ wpow w (q * k) ++ rcons v x) = daccepts A (u ++ wpow w (q * K) ++ rcons v x))) ->
  forall u v k, #|dstate A| < k ->
  daccepts A (u ++ wpow w (k + q) ++ v) = daccepts A (u ++ wpow w k ++ v).
Proof.
move=> H u v k Nk.
(* a last letter is needed: take one from the last copy of w *)
suff main v0 x k0 : #|dstate A| <= k0 ->
    daccepts A (u ++ wpow w (k0 + q) ++ rcons v0 x) = daccepts A (u ++ wpow w k0 ++ rcons v0 x).
  case/lastP: v => [|v x]; last by apply: main; apply: ltnW.
  case: k Nk => // k Nk; case/lastP: w main {H} => [|w x] main; first by rewrite !wpow_nil.
  by rewrite addSn !wpowSr !cats0; apply: main.
move=> Nk0; have [c c0 Hc] := iter_cycle (fun p => @drun I A p w) (drun (dstart A) u).
have per m j : #|dstate A| <= j ->
    daccepts A (u ++ wpow w (j + m * c) ++ rcons v0 x) = daccepts A (u ++ wpow w j ++ rcons v0 x).
  move=> Nj; rewrite /daccepts !drun_cat !drun_wpow; congr (dfinal (drun _ _)).
  elim: m => [|m IH]; rewrite ?addn0 // mulSn addnCA addnC Hc // .
  exact: leq_trans Nj (leq_addr _ _).
apply/eqP; apply: (H (u ++ wpow w k0) v0 x) => -[K HK].
have E j : K <= j -> daccepts A (u ++ wpow w (k0 + q * j) ++ rcons v0 x)
                   = daccepts A (u ++ wpow w (k0 + q * K) ++ rcons v0 x).
  by move=> Kj; have := HK j Kj; rewrite -!catA !(catA (wpow w k0)) -!wpowD.
have Kc : K <= K * c by apply: leq_pmulr.
rewrite -(per (q * K)) ?(leq_trans Nk0) ?leq_addr // -[X in _ == X](per (q * K)) //.
rewrite -addnA -mulnA -mulnS !E //; exact: leqW.
Qed.

Theorem dfa_periodic I (A : dfa I) q :
  (forall u w v x, classically (exists K, forall k, K <= k ->
     daccepts A (u ++ wpow w (q * k) ++ rcons v x) = daccepts A (u ++ wpow w (q * K) ++ rcons v x))) ->
  periodic (daccepts A) #|dstate A|.+1 q.
Proof. by move=> H u w v k Nk; apply: dfa_periodic_word => // u' v' x; apply: H. Qed.

(** ** Groups in the syntactic monoid *)
Section Groups.
Variables (I : Type) (L : seq I -> bool).

(** Two words are syntactically congruent if no context tells them apart; the
    syntactic monoid has the classes as elements. *)
Definition congruent (w w' : seq I) := forall u v, L (u ++ w ++ v) = L (u ++ w' ++ v).

(** [G] is (a copy of) a group in the syntactic monoid: a word for each element,
    products go to products, different elements to different classes. (The word of
    the unit need not be empty.) *)
Definition group_in_syntactic_monoid (gT : finGroupType) (G : {group gT}) :=
  exists phi : gT -> seq I,
    {in G &, forall g h, congruent (phi (g * h)%g) (phi g ++ phi h)} /\
    {in G &, forall g h, congruent (phi g) (phi h) -> g = h}.

Lemma congruent_catl w1 w2 w : congruent w1 w2 -> congruent (w ++ w1) (w ++ w2).
Proof. by move=> H u v; have := H (u ++ w) v; rewrite -!catA. Qed.
Lemma congruent_catr w1 w2 w : congruent w1 w2 -> congruent (w1 ++ w) (w2 ++ w).
Proof. by move=> H u v; rewrite -!catA; apply: H. Qed.

Theorem periodic_group n q (gT : finGroupType) (G : {group gT}) :
  periodic L n q -> group_in_syntactic_monoid G -> {in G, forall g, (g ^+ q = 1)%g}.
Proof.
move=> Hper [phi [phiM phi_inj]] g Gg.
have pow k : congruent (phi (g ^+ k.+1)%g) (wpow (phi g) k.+1).
  elim: k => [|k IH] u v; first by rewrite expg1 wpow1.
  rewrite expgS phiM ?groupX // wpowS -!catA; have := IH (u ++ phi g) v.
  by rewrite -!catA.
have E : (g ^+ (n.+1 + q) = g ^+ n.+1)%g.
  apply: phi_inj; rewrite ?groupX // => u v.
  by rewrite addSn !pow -addSn Hper.
by apply: (mulgI (g ^+ n.+1)%g); rewrite -expgD E mulg1.
Qed.

Corollary noncounting_group n (gT : finGroupType) (G : {group gT}) :
  noncounting L n -> group_in_syntactic_monoid G -> G :=: 1%g.
Proof.
move=> Hn HG; apply/eqP; rewrite -subG1; apply/subsetP => g Gg.
by rewrite inE -(periodic_group Hn HG Gg) expg1.
Qed.

Corollary two_periodic_group n d (gT : finGroupType) (G : {group gT}) :
  periodic L n (2 ^ d) -> group_in_syntactic_monoid G -> (2.-group G)%g.
Proof.
move=> Hn HG; rewrite -pnat_exponent; apply: (@pnat_dvd _ (2 ^ d)).
  by apply/exponentP => g Gg; apply: (periodic_group Hn HG).
by rewrite pnatX pnat_id.
Qed.
End Groups.
