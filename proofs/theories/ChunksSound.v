(** * Networks run in chunks: what the checker's answer means

    [check_chunks_sound]: if the checker of [Chunks] says yes, the network run in chunks and the automaton accept the same words, of every
    length. The network is one in the sense of [Networks]: what a layer answers to a letter is read off its state at the last boundary and
    the rows since; a chunk ends with its last letter. Nothing is assumed of the function that says where a state is listed.

    Proof. By induction over the word: a state of the automaton, states of the layers and letters since are listed, and from them come
    the rows that all layers have after the word. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
From Eigenmata Require Import Words Networks.
From Eigenmata Require Checker Numeric Chunks.
From Eigenmata Require Import CheckerSound NumericSound.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import Checker Numeric Chunks.

(** ** The network in this arithmetic *)
Section Sound.
Variables (P : plan) (chunk : nat).
Notation work := (list value * list row)%type.

(** The state at the last boundary, the rows since, and the number of letters since. *)
Definition end_chunk (h : list value) (rows : list row) (c : nat) : work * nat :=
  if c.+1 < chunk then ((h, rows), c.+1) else ((closed P h rows, [::]), 0).
Definition rows_next (L : chunk_layer) (h : list value) (rows : list row) (s : N) : list row :=
  odflt [::] (chunk_next P L h rows s).
Definition chunk_step (L : chunk_layer) (now : work * nat) (s : N) : work * nat :=
  end_chunk now.1.1 (rows_next L now.1.1 now.1.2 s) now.2.
Definition chunk_start (L : chunk_layer) : work * nat := ((c_start L, [::]), 0).
(** The answer to [x] after the letters [past]. *)
Definition in_chunks (L : chunk_layer) : causal N N := fun past x =>
  let now := (foldl (chunk_step L) (chunk_start L) past).1 in
  odflt N0 (chunk_output P L now.1 (rows_next L now.1 now.2 x) x).
Fixpoint chunk_network (accept : N -> bool) (Ls : list chunk_layer) : network N bool :=
  if Ls is L :: Ls' then Stack (in_chunks L) (chunk_network accept Ls') else Decode accept.

(** What the layers have after [w], [c] letters after the last boundary. *)
Fixpoint works_after (Ls : list chunk_layer) (now : list work) (c : nat) (w : seq N) : Prop :=
  match Ls, now with
  | [::], [::] => True
  | L :: Ls', a :: now' =>
      foldl (chunk_step L) (chunk_start L) w = (a, c) /\ works_after Ls' now' c (outputs (in_chunks L) w)
  | _, _ => False
  end.

Lemma works_start Ls : works_after Ls (List.map (fun h => (h, [::])) (List.map c_start Ls)) 0 [::].
Proof. by elim: Ls. Qed.

Lemma chunk_advanceE accept Ls now c w x now' o :
  works_after Ls now c w -> chunk_advance P Ls now x = Some (now', o) ->
  net (chunk_network accept Ls) w x = accept o /\
  (if c.+1 < chunk then works_after Ls now' c.+1 (rcons w x)
   else works_after Ls (List.map (fun h => (h, [::])) (List.map (fun '(h, rows) => closed P h rows) now')) 0 (rcons w x)).
Proof.
elim: Ls now w x now' o => [|L Ls IH] [|[h rows] now] w x now' o //=; first by move=> _ [<- <-]; case: ifP.
case=> Hh Ht; case En: (chunk_next P L h rows x) => [rows1|] //=; case Eo: (chunk_output P L h rows1 x) => [o1|] //=.
case Er: (chunk_advance _ _ _ _) => [[now1 last]|] //= [<- <-].
have Hs : foldl (chunk_step L) (chunk_start L) (rcons w x) = end_chunk h rows1 c.
  by rewrite -cats1 foldl_cat Hh /= /chunk_step /rows_next En.
have Ho : in_chunks L w x = o1 by rewrite /in_chunks Hh /rows_next /= En /= Eo.
have [Hn Hw] := IH _ _ _ _ _ Ht Er; rewrite /compose Ho; split=> //.
by rewrite outputs_rcons Ho Hs /end_chunk; case: ifP Hw.
Qed.

Lemma chunk_run_rcons Ls now w x : chunk_run P Ls now (w ++ [:: x])
  = if chunk_run P Ls now w is Some now' then omap fst (chunk_advance P Ls now' x) else None.
Proof.
elim: w now => [|y w IH] now /=; first by case: (chunk_advance _ _ _ _) => [[]|].
by case: (chunk_advance _ _ now _) => [[now' o]|] //=.
Qed.
End Sound.

Lemma letters_eqbE x y : letters_eqb x y -> x = y.
Proof. by elim: x y => [|a x IH] [|b y] //= /andP[/N.eqb_spec -> /IH ->]. Qed.

(** The network of a certificate; its parameters, rounded, are those of [round_chunk_layers]. *)
Definition network_in_chunks (C : chunk_certificate) : network N bool :=
  chunk_network (k_plan C) (k_chunk C) (accepts_chunk C) (odflt [::] (round_chunk_layers C)).

Theorem check_chunks_sound locate (C : chunk_certificate) : check_chunks locate C ->
  (forall w x, all (fun y => N.ltb y (k_letters C)) (rcons w x) ->
     net (network_in_chunks C) w x = automaton_accepts (k_automaton C) (rcons w x)) /\
  k_accept_empty C = automaton_accepts (k_automaton C) [::].
Proof.
rewrite /check_chunks /network_in_chunks; case: (round_chunk_layers C) => [Ls|] //=.
case/andP => /andP[Hs /Bool.eqb_prop He] Hc; split=> //.
set P := k_plan C in Hc *; set K := k_chunk C.
have listedE q hs since : is_listed_chunk C locate q hs since -> exists now,
    [/\ chunk_run P Ls (List.map (fun h => (h, [::])) hs) since = Some now, size since < K
      & forall x, N.ltb x (k_letters C) -> check_chunk_step C Ls locate q hs since now x].
  rewrite /is_listed_chunk; case E: (find _ _) => [[[q' hs'] since']|] //=.
  case/andP => /andP[/andP[/N.eqb_spec Eq Eh] Es] /N.ltb_spec0 lt.
  have := for_all_belowP Hc lt; rewrite /check_chunk_state E Eq (all_v_eqbE Eh) (letters_eqbE Es) -/P.
  case: (chunk_run _ _ _ _) => [now|] //= /andP[/PeanoNat.Nat.ltb_spec0/ltP sl st].
  by exists now; split=> // x /N.ltb_spec0 xk; exact: (for_all_belowP st xk).
have inv w : all (fun y => N.ltb y (k_letters C)) w -> exists q hs since now,
    [/\ is_listed_chunk C locate q hs since, chunk_run P Ls (List.map (fun h => (h, [::])) hs) since = Some now,
        works_after P K Ls now (size since) w & automaton_run (k_automaton C) w = Some q].
  elim/last_ind: w => [_|w x IH].
    exists (initial_state (k_automaton C)), (List.map c_start Ls), [::], (List.map (fun h => (h, [::])) (List.map c_start Ls)).
    by split=> //; apply: works_start.
  rewrite all_rcons => /andP[xk aw]; have [q [hs [since [now [li ru ho ar]]]]] := IH aw.
  have [now0 [ru0 sl /(_ x xk)]] := listedE _ _ _ li; rewrite ru in ru0; case: ru0 => <-.
  rewrite /check_chunk_step -/P -/K; case Ea: (chunk_advance _ _ _ _) => [[now' o]|] //.
  case En: (next_state _ _ _) => [q'|] // /andP[li' _].
  have ar' : automaton_run (k_automaton C) (rcons w x) = Some q'.
    by rewrite /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En.
  have [_] := chunk_advanceE predT ho Ea; move: li'; case: PeanoNat.Nat.ltb_spec0 => lt li' Hw.
    rewrite ifT in Hw; last by apply/ltP.
    exists q', hs, (since ++ [:: x])%SEQ, now'; split=> //; last by rewrite size_cat addn1.
    by rewrite chunk_run_rcons ru Ea.
  rewrite ifF in Hw; last by apply/negP => /ltP.
  by exists q', (List.map (fun '(h, rows) => closed P h rows) now'), [::]; eexists; split; eauto.
move=> w x; rewrite all_rcons => /andP[xk aw]; have [q [hs [since [now [li ru ho ar]]]]] := inv w aw.
have [now0 [ru0 sl /(_ x xk)]] := listedE _ _ _ li; rewrite ru in ru0; case: ru0 => <-.
rewrite /check_chunk_step -/P; case Ea: (chunk_advance _ _ _ _) => [[now' o]|] //.
case En: (next_state _ _ _) => [q'|] // /andP[_ /Bool.eqb_prop acc].
have [-> _] := chunk_advanceE (accepts_chunk C) ho Ea.
by rewrite acc /automaton_accepts /automaton_run -cats1 foldl_cat -/(automaton_run _ w) ar /= En.
Qed.
