(** * The checker as an OCaml program

    [make -C proofs checker] compiles this file, which writes [check_certificate.ml]; that with the parser in
    proofs/checker is [eigenmata-check-verified]. Numbers become zarith's. What has to be trusted
    besides Coq: this extraction, zarith, the OCaml compiler, and the parser. *)
From Eigenmata Require Checker.
Require Extraction.
Require Import ExtrOcamlBasic ExtrOcamlZBigInt.
Extraction Language OCaml.
Set Extraction AutoInline.
Extraction "check_certificate.ml" Checker.check_rational Checker.table_of_list Checker.add_table Checker.empty_table.
