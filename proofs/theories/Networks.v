(** * Layers and networks, seen from outside

    A layer reads one letter and answers with one symbol, at every step. Whatever
    it computes inside, what it does is a causal map: the answer is a function of
    the letters so far and of the present one. This is the one notion of layer of
    these proofs; [LinearLayers] says which of them are linear recurrences, in which
    arithmetic. A network is a stack of layers: each reads the answers of the one
    below. It ends in a function of the last answer.

    The empty word is left out: networks answer from the first letter on. *)
From mathcomp Require Import all_ssreflect.
From Eigenmata Require Import Words.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** [f past x]: the answer to [x] after the letters [past]. *)
Definition causal (I O : Type) := seq I -> I -> O.

Section Outputs.
Variables I O : Type.
Implicit Type f : causal I O.

(** The answers to [w], after [past]. *)
Fixpoint answers f past w : seq O :=
  if w is x :: w' then f past x :: answers f (rcons past x) w' else [::].
(** The answers to a whole word. *)
Definition outputs f w := answers f [::] w.

Lemma answers_cat f past u v : answers f past (u ++ v) = answers f past u ++ answers f (past ++ u) v.
Proof. by elim: u past => [|x u IH] past /=; rewrite ?cats0 // IH cat_rcons. Qed.
Lemma outputs_cat f u v : outputs f (u ++ v) = outputs f u ++ answers f u v.
Proof. exact: answers_cat. Qed.
Lemma outputs_rcons f u x : outputs f (rcons u x) = rcons (outputs f u) (f u x).
Proof. by rewrite -cats1 outputs_cat cats1. Qed.
Lemma size_answers f past w : size (answers f past w) = size w.
Proof. by elim: w past => //= x w IH past; rewrite IH. Qed.
Lemma eq_outputs f g w : f =2 g -> outputs f w = outputs g w.
Proof. by move=> E; rewrite /outputs; elim: w [::] => //= x w IH past; rewrite E IH. Qed.
End Outputs.

Definition compose I M O (f : causal I M) (g : causal M O) : causal I O :=
  fun past x => g (outputs f past) (f past x).

Inductive network : Type -> Type -> Type :=
  | Decode I O : (I -> O) -> network I O
  | Stack I M O : causal I M -> network M O -> network I O.

(** The causal map of a network, and the number of its layers. *)
Fixpoint net I O (N : network I O) : causal I O :=
  match N with
  | Decode _ _ h => fun _ x => h x
  | Stack _ _ _ f N' => compose f (net N')
  end.
Fixpoint depth I O (N : network I O) : nat :=
  match N with Decode _ _ _ => 0 | Stack _ _ _ _ N' => (depth N').+1 end.

(** All layers are of a class. *)
Fixpoint layers_in (C : forall I O, causal I O -> Prop) I O (N : network I O) : Prop :=
  match N with
  | Decode _ _ _ => True
  | Stack _ _ _ f N' => C _ _ f /\ layers_in C N'
  end.

(** The answers of a network to non-empty words are those of a language. *)
Definition recognises I (N : network I bool) (L : seq I -> bool) :=
  forall w x, net N w x = L (rcons w x).

Lemma compose_outputs I M O (f : causal I M) (g : causal M O) w :
  outputs (compose f g) w = outputs g (outputs f w).
Proof. by elim/last_ind: w => // w x IH; rewrite !outputs_rcons IH. Qed.

Lemma eq_compose I M O (f f' : causal I M) (g g' : causal M O) :
  f =2 f' -> g =2 g' -> compose f g =2 compose f' g'.
Proof. by move=> Ef Eg w x; rewrite /compose Ef Eg (eq_outputs w Ef). Qed.
