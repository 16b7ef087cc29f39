(** * One layer at a time: the program

    Certificates of kind layers (proofs/certificate-format.md, "Layer by layer"): regions of each layer, boxes, and contexts, what has to be
    remembered of the layers up to one together. One pass from the letters up: the situations of a level - under letter x the context
    may go from c to c', while the layer says s - follow from those of the level below. [LayerwiseSound] proves what the answer means.

    A box is a centre and a radius for each coordinate; over complex numbers its sides are parallel to the real line. The centre of its image
    is the image of the centre, the radius |A| times the radius, column by column. *)
Require Import List Bool NArith ZArith QArith FMapPositive.
From Eigenmata Require Import Checker NumberField.
Import ListNotations.
Set Implicit Arguments.

Section Program.
Variable T : Type.
Variables (zero one : T) (opp : T -> T) (add mul : T -> T -> T).
Variables (div : T -> T -> option T) (eqb apart : T -> T -> bool) (leb : T -> T -> option bool).
Notation vec := (vec T).
Notation vadd := (vadd zero add eqb).
Notation apply := (apply zero opp add mul div eqb).

(** ** Boxes *)
Definition box := (vec * vec)%type.
Definition known (b : option bool) : bool := match b with Some true => true | _ => false end.
Definition absolute (a : T) : option T :=
  if known (leb zero a) then Some a else if known (leb a zero) then Some (opp a) else None.
Fixpoint vabsolute (x : vec) : option vec :=
  match x with
  | [] => Some []
  | (i, a) :: x' => bind (absolute a) (fun b => bind (vabsolute x') (fun y => Some ((i, b) :: y)))
  end.
Definition good_box (n : N) (r : box) : bool :=
  well_formed n (fst r) && well_formed n (snd r) && forallb (fun p => known (leb zero (snd p))) (snd r).

Fixpoint box_radius (n : N) (A : matrix T) (r : vec) : option vec :=
  match r with
  | [] => Some []
  | (j, p) :: r' =>
      bind (apply n A [(j, one)]) (fun column => bind (vabsolute column) (fun a =>
      bind (box_radius n A r') (fun s => Some (vadd s (vscale mul p a)))))
  end.
Definition box_image (n : N) (A : matrix T) (b : vec) (r : box) : option box :=
  bind (apply n A (fst r)) (fun c => bind (box_radius n A (snd r)) (fun s => Some (vadd c b, s))).

(** [c +- r] lies in [c' +- r'] if |c - c'| + r <= r'. *)
Definition inside (r r' : box) : bool :=
  match vabsolute (vadd (fst r) (vscale mul (opp one) (fst r'))) with
  | Some a =>
      let s := vadd a (snd r) in
      sorted 0 s && forallb (fun p => known (leb (snd p) (entry zero (snd r') (fst p)))) s
  | None => false
  end.

(** The one output for all of a box. *)
Fixpoint count_between (low high : T) (ts : list T) (k : N) : option N :=
  match ts with
  | [] => Some k
  | t :: ts' => bind (leb t low) (fun b : bool => bind (leb t high) (fun c : bool =>
      if Bool.eqb b c then count_between low high ts' (if b then N.succ k else k) else None))
  end.
Definition read_box (n : N) (r : readout T) (b : box) : option N :=
  bind (dot zero add mul n (weights r) (fst b)) (fun middle =>
  bind (vabsolute (weights r)) (fun w => bind (dot zero add mul n w (snd b)) (fun reach =>
  let m := add middle (constant r) in
  bind (count_between (add m (opp reach)) (add m reach) (thresholds r) 0) (fun k => find (outputs_by_count r) k)))).
Definition decode_box (n : N) (d : decoder T) (b : box) (s : N) : option N :=
  match snd b with
  | [] => decode_vec zero add mul eqb apart leb n d (fst b) s
  | _ =>
      match d with
      | Affine r => read_box n r b
      | AffineByLetter rs => bind (find rs s) (fun r => read_box n r b)
      | Table _ => None
      end
  end.

(** ** Layers *)
Record step := Step { from : N; symbol : N; to : N }.
Record region_layer := RegionLayer {
  base : layer T;
  regions : table box;
  start_region : N;
  region_steps : table (table step);       (* of a region, under an input symbol *)
  contexts : N;                            (* their number; only for speed *)
  meets : table (table (N * N)) }.         (* of a context and a region: that region, and the context *)

(** Rule 3 for a step: the output. *)
Definition check_region_step (L : region_layer) (t : step) : option N :=
  bind (find (regions L) (from t)) (fun r => bind (find (regions L) (to t)) (fun r' =>
  bind (find (maps (base L)) (symbol t)) (fun Ab =>
  let n := dimension (base L) in
  if good_box n r && good_box n r' then
    bind (box_image n (fst Ab) (snd Ab) r) (fun image =>
    if inside image r' then decode_box n (decoder_of (base L)) image (symbol t) else None)
  else None))).
Definition checked_steps (L : region_layer) : table (table (step * option N)) :=
  PositiveMap.map (PositiveMap.map (fun t => (t, check_region_step L t))) (region_steps L).
Definition step_of (steps : table (table (step * option N))) (r s : N) : option (N * N) :=
  bind (find steps r) (fun row => bind (find row s) (fun '(t, o) =>
  if (from t =? r)%N && (symbol t =? s)%N then bind o (fun o => Some (to t, o)) else None)).
Definition meet (L : region_layer) (c r : N) : option N :=
  bind (find (meets L) c) (fun row => bind (find row r) (fun '(r', c') => if (r' =? r)%N then Some c' else None)).
Definition meets_of (L : region_layer) (c : N) : list (N * N) :=
  match find (meets L) c with Some row => map snd (PositiveMap.elements row) | None => [] end.

(** ** Situations *)
Record situation := Situation { letter : N; before : N; after : N; says : N }.
Definition same_situation (s t : situation) : bool :=
  (letter s =? letter t)%N && (before s =? before t)%N && (after s =? after t)%N && (says s =? says t)%N.
(** A list without repetitions, and where its elements are. *)
Definition situations := (list situation * table situation)%type.
Definition insert (key : situation -> N) (acc : situations) (s : situation) : situations :=
  match find (snd acc) (key s) with
  | Some t => if same_situation s t then acc else (s :: fst acc, snd acc)
  | None => (s :: fst acc, add_table (key s) s (snd acc))
  end.
Fixpoint all_known (A B : Type) (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: l' => bind (f a) (fun b => bind (all_known f l') (fun bs => Some (b :: bs)))
  end.

(** Rule 2 for a situation of the level below and a meet. *)
Definition follow (L : region_layer) (steps : table (table (step * option N))) (s : situation) (m : N * N) : option situation :=
  bind (step_of steps (fst m) (says s)) (fun '(r', o) => bind (meet L (after s) r') (fun c' =>
    Some (Situation (letter s) (snd m) c' o))).
Definition level (letters : N) (L : region_layer) (below : list situation) : option (list situation) :=
  let steps := checked_steps L in
  let key s := (letter s + letters * (before s + contexts L * (after s + contexts L * says s)))%N in
  bind (fold_left (fun acc s => bind acc (fun acc => bind (all_known (follow L steps s) (meets_of L (before s))) (fun l =>
          Some (fold_left (insert key) l acc)))) below (Some ([], empty_table situation)))
    (fun acc => Some (fst acc)).
Fixpoint levels (letters : N) (Ls : list region_layer) (below : list situation) : option (list situation) :=
  match Ls with
  | [] => Some below
  | L :: Ls' => bind (level letters L below) (levels letters Ls')
  end.

(** ** The checker *)
Record layers_certificate := LayersCertificate {
  l_letters : N;
  l_automaton : automaton;
  l_layers : list region_layer;
  l_accept_outputs : table unit;
  l_accept_empty : bool;
  meaning : table (list N) }.

Definition meaning_of (C : layers_certificate) (c : N) : list N :=
  match find (meaning C) c with Some l => l | None => [] end.
Definition allows (C : layers_certificate) (c q : N) : bool := existsb (N.eqb q) (meaning_of C c).
Definition accepts_l (C : layers_certificate) (o : N) : bool :=
  match find (l_accept_outputs C) o with Some _ => true | None => false end.

(** Rules 4 and 5. *)
Definition check_situation (C : layers_certificate) (s : situation) : bool :=
  let A := l_automaton C in
  let accepts := accepts_l C (says s) in
  forallb (fun q => match next_state A q (letter s) with
                    | Some q' => allows C (after s) q' && Bool.eqb accepts (accepting_state A q')
                    | None => false
                    end) (meaning_of C (before s))
  && forallb (fun q => Bool.eqb accepts (accepting_state A q)) (meaning_of C (after s)).

(** Rule 1: the context of the start. *)
Definition check_start_region (L : region_layer) : bool :=
  match find (regions L) (start_region L) with
  | Some r => good_box (dimension (base L)) r && inside (initial (base L), []) r
  | None => false
  end.
Fixpoint start_context (Ls : list region_layer) (c : N) : option N :=
  match Ls with
  | [] => Some c
  | L :: Ls' => if check_start_region L then bind (meet L c (start_region L)) (start_context Ls') else None
  end.
Definition letter_situations (letters : N) : list situation :=
  snd (N.iter letters (fun '(x, l) => (N.succ x, Situation x 0 0 x :: l)) (0%N, [])).

Definition check_layers (C : layers_certificate) : bool :=
  let A := l_automaton C in
  match start_context (l_layers C) 0, levels (l_letters C) (l_layers C) (letter_situations (l_letters C)) with
  | Some c, Some last =>
      allows C c (initial_state A)
      && Bool.eqb (l_accept_empty C) (accepting_state A (initial_state A))
      && forallb (check_situation C) last
  | _, _ => false
  end.
End Program.

Definition check_layers_rational : layers_certificate Q -> bool :=
  check_layers (0%Q) (1%Q) q_opp q_add q_mul (fun a b => Some (q_div a b)) q_eqb (fun a b => negb (q_eqb a b))
    (fun a b => Some (q_leb a b)).
Definition check_layers_residues (F : field) : layers_certificate residue -> bool :=
  check_layers ([], 1%positive) ([1%Z], 1%positive) f_opp f_add (f_mul F) (f_div F) f_eqb (f_apart F) (f_leb F).
