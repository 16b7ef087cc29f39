(** * Cascades of resets on diagonal layers with entries in [0, 1]

    A level of a _reset cascade_ keeps one bit. A letter, together with the bits of the levels below it (as they were before the
    letter), sets the bit to a value or leaves it. Proved here, for every cascade:
    - [cascade_network]: a network with one layer for each level runs it. A layer has one coordinate; its entries are 1, for the letters that leave
      the bit, and 1/4, for those that set it. Arithmetic is exact, states are bounded and keep a margin: the semantics of [StarFreeExact];
    - [cascade_recognised]: so such networks recognise the language of every automaton that a reset cascade covers;
    - [cascade_noncounting]: so that language is star-free, by [StarFreeExact.diagonal_star_free].
    That a reset cascade covers every automaton with a noncounting language (Krohn and Rhodes) is cited, not checked.
    Example, [last_but_one_diagonal]: the language that no number of diagonal layers with finitely many states recognises
    ([FiniteOrbits.last_but_one_needs_more]).

    Proof. The layer has to answer with the bit before the letter, which a reset overwrites. Let the bits be the numbers 1 and -1, and
    let a reset to [z] be [h -> h/4 + 3z/4]. Then [h] lies in [1/2, 1] if the bit is 1, in [-1, -1/2] if it is -1 ([region]), and after a
    reset [4h - 3z] is the state before it: its sign is the old bit. States that differ in what is read are at least 1/4 apart. *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From Eigenmata Require Import Words Networks Settling LinearLayers StarFreeExact FiniteOrbits.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(** ** Reset cascades *)
(** The value at the start, what a letter sets the bit to, if anything, and the levels above, which read the old bit, too. *)
Inductive cascade : Type -> Type :=
  | Top I : cascade I
  | Level I : bool -> (I -> option bool) -> cascade (I * bool) -> cascade I.

Fixpoint levels I (C : cascade I) : nat := if C is Level _ _ _ C' then (levels C').+1 else 0%N.
Fixpoint bits I (C : cascade I) : Type := if C is Level _ _ _ C' then (bool * bits C')%type else unit.
Fixpoint bits_start I (C : cascade I) : bits C :=
  match C with Top _ => tt | Level _ b _ C' => (b, bits_start C') end.
Fixpoint bits_next I (C : cascade I) : bits C -> I -> bits C :=
  match C with
  | Top _ => fun s _ => s
  | Level _ _ act C' => fun s x => (odflt s.1 (act x), bits_next s.2 (x, s.1))
  end.
Definition bits_run I (C : cascade I) (w : seq I) : bits C := foldl (@bits_next I C) (bits_start C) w.

Lemma bits_rcons I (C : cascade I) w x : bits_run C (rcons w x) = bits_next (bits_run C w) x.
Proof. by rewrite /bits_run -cats1 foldl_cat. Qed.

(** The state of the automaton is a function of the bits. *)
Definition covers I (C : cascade I) (A : dfa I) :=
  exists f : bits C -> dstate A, forall w, f (bits_run C w) = drun (dstart A) w.

(** ** The layer of one level *)
Section Digits.
Variable R : archiFieldType.
Definition value (z : bool) : R := if z then 1 else -1.
Definition region (z : bool) (h : R) := (2%:R^-1 <= value z * h <= 1).

Lemma region_sign z h : region z h -> (0 < h) = z.
Proof.
have h0 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
case: z => /andP[]; rewrite /value ?mul1r ?mulN1r => lo _; first by rewrite (lt_le_trans h0).
by apply/negbTE; rewrite -leNgt -oppr_ge0 ltW // (lt_le_trans h0).
Qed.

Lemma region_norm z h : region z h -> `|h| <= 1.
Proof.
case: z => /andP[lo hi]; rewrite /value ?mul1r ?mulN1r in lo hi.
  by rewrite ger0_norm // (le_trans _ lo) // invr_ge0 ler0n.
by rewrite ler0_norm // -oppr_ge0 (le_trans _ lo) // invr_ge0 ler0n.
Qed.

Lemma region_apart z z' h h' : region z h -> region z' h' -> z != z' -> 1 <= `|h - h'|.
Proof.
have two : 2%:R^-1 + 2%:R^-1 = 1 :> R by field.
have E (a b : R) : 2%:R^-1 <= 1 * a -> 2%:R^-1 <= -1 * b -> 1 <= a - b.
  by rewrite mul1r mulN1r -[X in X <= _ - _]two => ha hb; apply: ler_add.
case: z z' => -[] // /andP[lo _] /andP[lo' _] _; rewrite /value in lo lo'.
  by apply: le_trans (ler_norm _); apply: E.
by rewrite distrC; apply: le_trans (ler_norm _); apply: E.
Qed.

Lemma value_region z : region z (value z).
Proof.
have -> : region z (value z) = (2%:R^-1 <= (1 : R) <= 1).
  by rewrite /region /value; case: z; rewrite ?mul1r // mulN1r opprK.
by rewrite lexx andbT invf_le1 ?ltr0n // ler1n.
Qed.

Definition reset (z : bool) (h : R) : R := 4%:R^-1 * h + 3%:R / 4%:R * value z.

Lemma reset_back z h : 4%:R * reset z h - 3%:R * value z = h.
Proof. by rewrite /reset; field. Qed.

Lemma reset_region z h : `|h| <= 1 -> region z (reset z h).
Proof.
have vv : value z * value z = 1 by rewrite /value; case: z; rewrite ?mul1r // mulN1r opprK.
move=> h1; have : `|value z * h| <= 1.
  by rewrite normrM /value; case: z {vv}; rewrite ?normrN normr1 mul1r.
rewrite ler_norml => /andP[lo hi].
have -> : region z (reset z h) = (2%:R^-1 <= 4%:R^-1 * (value z * h) + 3%:R / 4%:R <= 1).
  by rewrite /region /reset mulrDr mulrCA [value z * (_ * _)]mulrCA vv mulr1.
have q0 : 0 <= 4%:R^-1 :> R by rewrite invr_ge0 ler0n.
have lo' := ler_wpmul2l q0 lo; have hi' := ler_wpmul2l q0 hi.
have E : 2%:R^-1 = 4%:R^-1 * -1 + 3%:R / 4%:R :> R by field.
have E1 : 4%:R^-1 * 1 + 3%:R / 4%:R = 1 :> R by field.
by apply/andP; split; [rewrite E | rewrite -[X in _ <= X]E1]; apply: ler_add.
Qed.

Variables (I J : Type) (b : bool) (act : I -> option bool) (p : J -> I).

(** The bit after [w]. *)
Definition bit (w : seq J) : bool := foldl (fun z j => odflt z (act (p j))) b w.
Lemma bit_rcons w j : bit (rcons w j) = odflt (bit w) (act (p j)).
Proof. by rewrite /bit -cats1 foldl_cat. Qed.

(** It answers with the letter, the old bit and the new one. *)
Definition bit_map : causal J (J * (bool * bool)) := fun w j => (j, (bit w, bit (rcons w j))).

Definition digit_layer : linear_layer R J (J * (bool * bool)) :=
  @LinearLayer R J (J * (bool * bool)) 1 1
    (fun j => (if act (p j) is Some _ then 4%:R^-1 else 1)%:M)
    (fun j => (if act (p j) is Some z then 3%:R / 4%:R * value z else 0)%:M)
    (value b)%:M
    (fun H j => (j, if act (p j) is Some z then (0 < 4%:R * H 0 0 - 3%:R * value z, z) else (0 < H 0 0, 0 < H 0 0))).

Definition digit w : R := run digit_layer w (start digit_layer) 0 0.

Lemma digit_rcons w j : digit (rcons w j) = if act (p j) is Some z then reset z (digit w) else digit w.
Proof.
rewrite /digit run_rcons /= mul_scalar_mx !mxE eqxx mulr1n.
by case: (act (p j)) => [z|]; rewrite ?mul1r ?addr0.
Qed.

Lemma digit_region w : region (bit w) (digit w).
Proof.
elim/last_ind: w => [|w j IH]; first by rewrite /digit /= mxE eqxx mulr1n; apply: value_region.
rewrite bit_rcons digit_rcons; case: (act (p j)) => [z|] //=.
by apply: reset_region; apply: region_norm IH.
Qed.

Lemma digit_layer_exact : bit_map =2 exact digit_layer.
Proof.
move=> w j; rewrite /exact /= -/(digit (rcons w j)) digit_rcons /bit_map bit_rcons.
by case: (act (p j)) => [z|] /=; rewrite ?reset_back (region_sign (digit_region w)).
Qed.

Lemma digit_layer_diagonal : diagonal_letters (fun x => 0 <= x <= 1) digit_layer.
Proof.
move=> j; exists (const_mx (if act (p j) is Some _ then 4%:R^-1 else 1)); last by rewrite diag_const_mx.
move=> i; rewrite mxE; case: (act (p j)) => [z|]; last by rewrite ler01 lexx.
by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
Qed.

Lemma digit_layer_bounded D : bounded D digit_layer.
Proof. by exists 1 => w _ i j; rewrite !ord1; apply: region_norm (digit_region w). Qed.

Lemma digit_layer_margin D : margin D digit_layer.
Proof.
exists 4%:R^-1; first by rewrite invr_gt0 ltr0n.
move=> w w' j _ _ /(_ 0 0); rewrite -/(digit (rcons w j)) -/(digit (rcons w' j)) => near.
rewrite -!digit_layer_exact /bit_map !bit_rcons; case: (eqVneq (bit w) (bit w')) => [-> //|ne]; exfalso.
have far := region_apart (digit_region w) (digit_region w') ne.
suff : 4%:R^-1 <= `|digit (rcons w j) - digit (rcons w' j)| by rewrite leNgt near.
rewrite !digit_rcons; case: (act (p j)) => [z|]; last first.
  by apply: le_trans far; rewrite invf_le1 ?ltr0n // ler1n.
have -> : reset z (digit w) - reset z (digit w') = 4%:R^-1 * (digit w - digit w') by rewrite /reset; ring.
rewrite normrM ger0_norm ?invr_ge0 ?ler0n // -[X in X <= _]mulr1.
by apply: ler_wpmul2l; rewrite ?invr_ge0 ?ler0n.
Qed.
End Digits.

(** ** Networks *)
Section Cascades.
Variable R : archiFieldType.

Definition unit_diagonal_network I O D (N : network I O) :=
  exact_network (@diagonal_letters R (fun x => 0 <= x <= 1)) D N.

(** Letters may carry more than the cascade reads, and the answer may depend on it. *)
Lemma cascade_network_over I (C : cascade I) J O (p : J -> I) (h : bits C -> J -> O) D :
  exists N : network J O, [/\ unit_diagonal_network D N, depth N = levels C &
    forall w j, net N w j = h (bits_run C (map p (rcons w j))) j].
Proof.
elim: C J p h D => [I'|I' b act C IH] J p h D.
  by exists (Decode (h tt)); split=> // w j /=; case: (bits_run _ _).
pose f := bit_map b act p; pose p' (y : J * (bool * bool)) := (p y.1, y.2.1).
have [N [NC dN HN]] := IH _ p' (fun s y => h (y.2.2, s) y.1) (image f D).
exists (Stack f N); split=> [||w j]; last 1 first.
- have E v : bits_run (Level b act C) (map p v) = (bit b act p v, bits_run C (map p' (outputs f v))).
    elim/last_ind: v => // v x IHv.
    by rewrite outputs_rcons !map_rcons !bits_rcons IHv bit_rcons.
  by rewrite /= /compose HN -outputs_rcons E.
- split=> //; exists (digit_layer R b act p); split.
  + exact: digit_layer_diagonal.
  + exact: digit_layer_exact.
  + exact: digit_layer_bounded.
  exact: digit_layer_margin.
by rewrite /= dN.
Qed.

Theorem cascade_network I O (C : cascade I) (h : bits C -> I -> O) :
  exists N : network I O, [/\ unit_diagonal_network (@all_words I) N, depth N = levels C &
    forall w x, net N w x = h (bits_run C (rcons w x)) x].
Proof.
have [N [NC dN HN]] := cascade_network_over id h (@all_words I).
by exists N; split=> // w x; rewrite HN map_id.
Qed.

Theorem cascade_recognised I (C : cascade I) (A : dfa I) : covers C A ->
  exists N : network I bool, [/\ unit_diagonal_network (@all_words I) N, depth N = levels C & recognises N (daccepts A)].
Proof.
move=> [f Hf]; have [N [NC dN HN]] := cascade_network (C := C) (fun s _ => dfinal (f s)).
by exists N; split=> // w x; rewrite HN Hf.
Qed.

(** ** Example: the last letter but one *)
Definition two_letters : cascade bool := Level false Some (Level false (fun x => Some x.2) (Top _)).

Corollary last_but_one_diagonal :
  exists N : network bool bool, [/\ unit_diagonal_network (@all_words bool) N, depth N = 2%N & recognises N last_but_one].
Proof.
have [N [NC dN HN]] := cascade_network (C := two_letters) (fun s _ => s.2.1).
exists N; split=> // w x; rewrite HN.
have E v : bits_run two_letters v = (nth false (rev v) 0%N, (nth false (rev v) 1%N, tt)).
  by elim/last_ind: v => // v y IHv; rewrite bits_rcons IHv rev_rcons.
by rewrite E.
Qed.
End Cascades.

Corollary cascade_noncounting I (C : cascade I) (A : dfa I) : covers C A -> noncounting (daccepts A) #|dstate A|.+1.
Proof. by case/(cascade_recognised [archiFieldType of rat]) => N [NC _ HN]; apply: diagonal_star_free NC HN. Qed.

(** The hypothesis can be met: the automaton that keeps the last two letters. *)
Definition last_two : dfa bool := @Dfa bool [finType of bool * bool] (false, false) (fun s x => (x, s.1)) (fun s => s.2).

Example last_two_covered : covers two_letters last_two.
Proof.
exists (fun s => (s.1, s.2.1)) => w; elim/last_ind: w => // w x IH.
by rewrite bits_rcons -cats1 drun_cat -IH.
Qed.
