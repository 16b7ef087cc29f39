(** * The checker as an OCaml program

    [make -C proofs checker] compiles this file, which writes [check_certificate.ml]; that with the reader in
    proofs/checker is [eigenmata-check-verified]. Numbers become zarith's. What has to be trusted
    besides Coq: this extraction, zarith, the OCaml compiler, and the reader. *)
From Eigenmata Require Checker NumberField Numeric Chunks Layerwise.
Require Extraction.
Require Import ExtrOcamlBasic ExtrOcamlZBigInt.
Extraction Language OCaml.
Set Extraction AutoInline.
Extraction "check_certificate.ml" Checker.check_rational NumberField.check_residues
  NumberField.real_field NumberField.complex_field Layerwise.check_layers_rational Layerwise.check_layers_residues
  Numeric.check_numeric Numeric.round_layer Chunks.check_chunks
  Checker.find Checker.table_of_list Checker.add_table Checker.empty_table.
