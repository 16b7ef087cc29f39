(* The network and the automaton below accept the same words; letters are numbers. To be checked with
     coqc -R proofs/theories Eigenmata FILE.v
   in the folder of eigenmata, after `make proofs`. *)
From Coq Require Import List NArith ZArith QArith.
From Eigenmata Require Import Checker.
Import ListNotations.
Local Open Scope N_scope.

Definition q (n : Z) (d : positive) : Q := Qmake n d.

Definition the_automaton : automaton :=
  {| initial_state := 0;
     accepting := table_of_list [true; false; false; false; false];
     next := table_of_list [table_of_list [1; 2]; table_of_list [2; 3]; table_of_list [2; 2]; table_of_list [4; 2]; table_of_list [2; 0]] |}.

Definition the_layers : list (layer Q) :=
  [{| dimension := 2; initial := [(1, q (-1) 1)];
     maps := table_of_list [(RankOne [([(0, q (1) 1); (1, q (-1) 1)], [(0, q (1) 1); (1, q (-1) 1)]); ([(1, q (1) 1)], [(1, q (1) 1)])], []); (RankOne [([(0, q (1) 1); (1, q (1) 1)], [(0, q (1) 1); (1, q (1) 1)]); ([(0, q (1) 1)], [(0, q (1) 1)])], [])];
     decoder_of := Affine {| weights := [(1, q (-2) 1)]; constant := q (0) 1; thresholds := [q (1) 1]; outputs_by_count := table_of_list [0; 1] |} |}].

Definition the_points : list (point Q) :=
  [{| vectors := [[(1, q (-1) 1)]]; state_of := 0; steps := table_of_list [1; 2] |}; 
   {| vectors := [[(0, q (-1) 1)]]; state_of := 1; steps := table_of_list [2; 3] |}; 
   {| vectors := [[]]; state_of := 2; steps := table_of_list [2; 2] |}; 
   {| vectors := [[(1, q (1) 1)]]; state_of := 3; steps := table_of_list [4; 2] |}; 
   {| vectors := [[(0, q (1) 1)]]; state_of := 4; steps := table_of_list [2; 0] |}].

Definition the_certificate : certificate Q :=
  {| letters := 2; automaton_of := the_automaton; layers := the_layers;
     accept_outputs := add_table 1 tt (empty_table unit); accept_empty := true;
     points := table_of_list the_points; point_count := 5 |}.

Lemma checked : check_rational the_certificate = true.
Proof. vm_compute. reflexivity. Qed.

From mathcomp Require Import all_ssreflect all_algebra.
From Eigenmata Require Import Networks CheckerSound.

(** Over every ordered field R: the network of these matrices, in exact arithmetic, answers after every word
    over the letters as the automaton does; and so on the empty word. *)
Theorem same_words (R : realFieldType) :
  (forall w x, all (fun y => N.ltb y (letters the_certificate)) (rcons w x) ->
     net (network_of (@q_value R) the_certificate) w x = automaton_accepts the_automaton (rcons w x)) /\
  accept_empty the_certificate = automaton_accepts the_automaton [::].
Proof. exact: (check_rational_sound R checked). Qed.
Print Assumptions same_words.
