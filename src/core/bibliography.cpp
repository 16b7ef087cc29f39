// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/bibliography.hpp"

namespace eigenmata::core {

const std::vector<Reference>& bibliography() {
  static const std::vector<Reference> references{
      {"Barrington1989",
       "D. A. Mix Barrington. Bounded-width polynomial-size branching programs recognize exactly those languages in "
       "NC1. Journal of Computer and System Sciences 38(1):150-164, 1989."},
      {"BarringtonEtAl1992",
       "D. A. Mix Barrington, K. Compton, H. Straubing, D. Thérien. Regular languages in NC1. Journal of Computer and "
       "System Sciences 44(3):478-499, 1992."},
      {"BarringtonTherien1988",
       "D. A. Mix Barrington, D. Thérien. Finite monoids and the fine structure of NC1. Journal of the ACM "
       "35(4):941-952, 1988."},
      {"BeauquierPin1991",
       "D. Beauquier, J.-E. Pin. Languages and scanners. Theoretical Computer Science 84(1):3-21, 1991."},
      {"Beck2024",
       "M. Beck, K. Pöppel, M. Spanring, and others. xLSTM: extended long short-term memory. NeurIPS 2024. "
       "arXiv:2405.04517."},
      {"Berkowitz1984",
       "S. J. Berkowitz. On computing the determinant in small parallel time using a small number of processors. "
       "Information Processing Letters 18(3):147-150, 1984."},
      {"Bhattamishra2020",
       "S. Bhattamishra, K. Ahuja, N. Goyal. On the ability and limitations of transformers to recognize formal "
       "languages. EMNLP 2020. arXiv:2009.11264."},
      {"BoldoMelquiond2008",
       "S. Boldo, G. Melquiond. Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to "
       "odd. IEEE Transactions on Computers 57(4):462-471, 2008."},
      {"BrzozowskiFich1980",
       "J. A. Brzozowski, F. E. Fich. Languages of R-trivial monoids. Journal of Computer and System Sciences "
       "20(1):32-49, 1980."},
      {"BrzozowskiKnast1978",
       "J. A. Brzozowski, R. Knast. The dot-depth hierarchy of star-free languages is infinite. Journal of Computer "
       "and System Sciences 16(1):37-55, 1978."},
      {"BrzozowskiSimon1973",
       "J. A. Brzozowski, I. Simon. Characterizations of locally testable events. Discrete Mathematics 4(3):243-271, "
       "1973."},
      {"Buchi1960",
       "J. R. Büchi. Weak second-order arithmetic and finite automata. Zeitschrift für mathematische Logik und "
       "Grundlagen der Mathematik 6:66-92, 1960."},
      {"Butcher2008",
       "J. C. Butcher. Numerical Methods for Ordinary Differential Equations. Wiley, second edition 2008."},
      {"C17",
       "ISO/IEC 9899:2018. Information technology - Programming languages - C. International Organization for "
       "Standardization, 2018."},
      {"CSSColor3",
       "T. Çelik, C. Lilley, L. D. Baron (editors). CSS Color Module Level 3. W3C Recommendation, 2011 (revised 2018, "
       "2022)."},
      {"CliffordPreston1961",
       "A. H. Clifford, G. B. Preston. The Algebraic Theory of Semigroups, Volume I. American Mathematical Society, "
       "1961."},
      {"Conway1985",
       "J. H. Conway, R. T. Curtis, S. P. Norton, R. A. Parker, R. A. Wilson. ATLAS of Finite Groups. Clarendon Press, "
       "Oxford, 1985."},
      {"Courtois1971",
       "P. J. Courtois, F. Heymans, D. L. Parnas. Concurrent control with \"readers\" and \"writers\". Communications "
       "of the ACM 14(10):667-668, 1971."},
      {"Dankowiakowski2025", "A. Dankowiakowski, A. Ronca. Metric automata theory. NeurIPS 2025."},
      {"DaoGu2024",
       "T. Dao, A. Gu. Transformers are SSMs: generalized models and efficient algorithms through "
       "structured state space duality. ICML 2024. arXiv:2405.21060."},
      {"De2024",
       "S. De, S. L. Smith, A. Fernando, and others. Griffin: mixing gated linear recurrences with local "
       "attention for efficient language models. arXiv:2402.19427, 2024."},
      {"Deletang2023",
       "G. Delétang, A. Ruoss, J. Grau-Moya, T. Genewein, L. K. Wenliang, E. Catt, C. Cundy, M. Hutter, S. Legg, J. "
       "Veness, P. A. Ortega. Neural networks and the Chomsky hierarchy. ICLR 2023. arXiv:2207.02098."},
      {"Dixon1967", "J. D. Dixon. High speed computation of group characters. Numerische Mathematik 10:446-450, 1967."},
      {"EastEtAl2019",
       "J. East, A. Egri-Nagy, J. D. Mitchell, Y. Péresse. Computing finite semigroups. Journal of Symbolic "
       "Computation "
       "92:110-155, 2019."},
      {"EgriNagyNehaniv2015",
       "A. Egri-Nagy, C. L. Nehaniv. Computational holonomy decomposition of transformation semigroups. "
       "arXiv:1508.06345, 2015."},
      {"Eilenberg1976", "S. Eilenberg. Automata, Languages, and Machines, Volume B. Academic Press, 1976."},
      {"Figueroa1995", "S. A. Figueroa. When is double rounding innocuous? ACM SIGNUM Newsletter 30(3):21-26, 1995."},
      {"Folklore", "An everyday or classroom example without a publication of its own."},
      {"FroidurePin1997",
       "V. Froidure, J.-E. Pin. Algorithms for computing finite semigroups. In: Foundations of Computational "
       "Mathematics, pp. 112-126, Springer, 1997."},
      {"GanyushkinMazorchuk2009",
       "O. Ganyushkin, V. Mazorchuk. Classical Finite Transformation Semigroups: An Introduction. Springer, 2009."},
      {"Ginzburg1966",
       "A. Ginzburg. About some properties of definite, reverse-definite and related automata. IEEE Transactions on "
       "Electronic Computers EC-15(5):806-810, 1966."},
      {"Grazzi2025",
       "R. Grazzi, J. Siems, J. K. H. Franke, A. Zela, F. Hutter, M. Pontil. Unlocking state-tracking in linear RNNs "
       "through negative eigenvalues. ICLR 2025. arXiv:2411.12537."},
      {"Green1951", "J. A. Green. On the structure of semigroups. Annals of Mathematics 54(1):163-172, 1951."},
      {"Gu2022",
       "A. Gu, A. Gupta, K. Goel, C. Ré. On the parameterization and initialization of diagonal state space "
       "models. NeurIPS 2022. arXiv:2206.11893."},
      {"GuDao2023",
       "A. Gu, T. Dao. Mamba: linear-time sequence modeling with selective state spaces. arXiv:2312.00752, "
       "2023."},
      {"GuEtAl2020",
       "A. Gu, T. Dao, S. Ermon, A. Rudra, C. Ré. HiPPO: recurrent memory with optimal polynomial projections. NeurIPS "
       "2020. arXiv:2008.07669."},
      {"GuEtAl2022",
       "A. Gu, K. Goel, C. Ré. Efficiently modeling long sequences with structured state spaces. ICLR 2022. "
       "arXiv:2111.00396."},
      {"GuEtAl2023",
       "A. Gu, I. Johnson, A. Timalsina, A. Rudra, C. Ré. How to train your HiPPO: state space models with generalized "
       "orthogonal basis projections. ICLR 2023. arXiv:2206.12037."},
      {"Gupta2022",
       "A. Gupta, A. Gu, J. Berant. Diagonal state spaces are as effective as structured state spaces. "
       "NeurIPS 2022. arXiv:2203.14343."},
      {"HenckellEtAl1991",
       "K. Henckell, S. W. Margolis, J.-E. Pin, J. Rhodes. Ash's type II theorem, profinite topology and Malcev "
       "products. International Journal of Algebra and Computation 1(4):411-436, 1991."},
      {"HesseEtAl2002",
       "W. Hesse, E. Allender, D. A. Mix Barrington. Uniform constant-depth threshold circuits for division and "
       "iterated "
       "multiplication. Journal of Computer and System Sciences 65(4):695-716, 2002."},
      {"Hewitt2020",
       "J. Hewitt, M. Hahn, S. Ganguli, P. Liang, C. D. Manning. RNNs can generate bounded hierarchical languages with "
       "optimal memory. EMNLP 2020. arXiv:2010.07515."},
      {"Higham2002", "N. J. Higham. Accuracy and Stability of Numerical Algorithms. SIAM, second edition 2002."},
      {"HoltEickOBrien2005",
       "D. F. Holt, B. Eick, E. A. O'Brien. Handbook of Computational Group Theory. Chapman & Hall/CRC, 2005."},
      {"Hopcroft1971",
       "J. E. Hopcroft. An n log n algorithm for minimizing states in a finite automaton. In: Theory of Machines and "
       "Computations, pp. 189-196, Academic Press, 1971."},
      {"HopcroftKarp1971",
       "J. E. Hopcroft, R. M. Karp. A linear algorithm for testing equivalence of finite automata. Technical report "
       "71-114, Cornell University, 1971."},
      {"HopcroftUllman1979",
       "J. E. Hopcroft, J. D. Ullman. Introduction to Automata Theory, Languages, and Computation. Addison-Wesley, "
       "1979."},
      {"Humphreys1990",
       "J. E. Humphreys. Reflection Groups and Coxeter Groups. Cambridge Studies in Advanced Mathematics 29, Cambridge "
       "University Press, 1990."},
      {"Hurwitz1895",
       "A. Hurwitz. Ueber die Bedingungen, unter welchen eine Gleichung nur Wurzeln mit negativen reellen Theilen "
       "besitzt. Mathematische Annalen 46:273-284, 1895."},
      {"IEEE754", "IEEE standard for floating-point arithmetic. IEEE Std 754-2019."},
      {"ISO7064",
       "ISO/IEC 7064:2003. Information technology - Security techniques - Check character systems. International "
       "Organization for Standardization, 2003."},
      {"ISO7812",
       "ISO/IEC 7812-1:2017. Identification cards - Identification of issuers - Part 1: Numbering system. "
       "International Organization for Standardization, 2017."},
      {"ISO8601",
       "ISO 8601-1:2019. Date and time - Representations for information interchange - Part 1: Basic rules. "
       "International Organization for Standardization, 2019."},
      {"ITF", "International Tennis Federation. Rules of Tennis (published yearly)."},
      {"Isaacs1976", "I. M. Isaacs. Character Theory of Finite Groups. Academic Press, 1976."},
      {"Johansson2017",
       "F. Johansson. Arb: efficient arbitrary-precision midpoint-radius interval arithmetic. IEEE Transactions on "
       "Computers 66(8):1281-1292, 2017."},
      {"Johansson2021",
       "F. Johansson. Calcium: computing in exact real and complex fields. ISSAC 2021. arXiv:2011.01728."},
      {"Karuvally2025",
       "A. Karuvally and others. On adaptive unitary state space models (AUSSM). NeurIPS 2025. "
       "arXiv:2507.05238."},
      {"Katharopoulos2020",
       "A. Katharopoulos, A. Vyas, N. Pappas, F. Fleuret. Transformers are RNNs: fast autoregressive "
       "transformers with linear attention. ICML 2020. arXiv:2006.16236."},
      {"Knast1983",
       "R. Knast. A semigroup characterization of dot-depth one languages. RAIRO Informatique théorique 17(4):321-330, "
       "1983."},
      {"Knuth1997",
       "D. E. Knuth. The Art of Computer Programming, Volume 2: Seminumerical Algorithms. Third edition, "
       "Addison-Wesley, 1997."},
      {"KrohnRhodes1965",
       "K. Krohn, J. Rhodes. Algebraic theory of machines. I. Prime decomposition theorem for finite semigroups and "
       "machines. Transactions of the American Mathematical Society 116:450-464, 1965."},
      {"Lahoti2026",
       "A. Lahoti and others. Mamba-3: improved sequence modeling using state space principles. ICLR 2026. "
       "arXiv:2603.15569."},
      {"LallementMcFadden1990",
       "G. Lallement, R. McFadden. On the determination of Green's relations in finite transformation semigroups. "
       "Journal of Symbolic Computation 10(5):481-498, 1990."},
      {"LenstraLenstraLovasz1982",
       "A. K. Lenstra, H. W. Lenstra Jr., L. Lovász. Factoring polynomials with rational coefficients. Mathematische "
       "Annalen 261:515-534, 1982."},
      {"Lim2024",
       "Y. H. Lim, Q. Zhu, J. Selfridge, M. F. Kasim. Parallelizing non-linear sequential models over the sequence "
       "length. ICLR 2024. arXiv:2309.12252."},
      {"LindMarcus1995",
       "D. Lind, B. Marcus. An Introduction to Symbolic Dynamics and Coding. Cambridge University Press, 1995."},
      {"LintonEtAl1998",
       "S. A. Linton, G. Pfeiffer, E. F. Robertson, N. Ruškuc. Groups and actions in transformation semigroups. "
       "Mathematische Zeitschrift 228(3):435-450, 1998."},
      {"Liu2023",
       "B. Liu, J. T. Ash, S. Goel, A. Krishnamurthy, C. Zhang. Transformers learn shortcuts to automata. ICLR 2023. "
       "arXiv:2210.10749."},
      {"Liu2023b",
       "B. Liu, J. T. Ash, S. Goel, A. Krishnamurthy, C. Zhang. Exposing attention glitches with flip-flop language "
       "modeling. NeurIPS 2023. arXiv:2306.00946."},
      {"LiuEtAl2024",
       "B. Liu, R. Wang, L. Wu, Y. Feng, P. Stone, Q. Liu. Longhorn: state space models are amortized online learners. "
       "ICLR 2025. arXiv:2407.14207."},
      {"McNaughtonPapert1971", "R. McNaughton, S. Papert. Counter-Free Automata. MIT Press, 1971."},
      {"Merrill2024",
       "W. Merrill, J. Petty, A. Sabharwal. The illusion of state in state-space models. ICML 2024. arXiv:2404.08819."},
      {"Merrill2026",
       "W. Merrill, H. Jiang, Y. Li, A. Lin, A. Sabharwal. Why are linear RNNs more parallelizable? ICML 2026. "
       "arXiv:2603.03612."},
      {"MinskyPapert1969",
       "M. Minsky, S. Papert. Perceptrons: An Introduction to Computational Geometry. MIT Press, 1969."},
      {"Nowak2026",
       "Nowak, Cotterell, Boumasmoud. On transition monoids of recurrent models in finite arithmetic. ICML "
       "2026. arXiv:2606.01765 (title paraphrased)."},
      {"OCPFP8",
       "P. Micikevicius, S. Oberman, P. Dubey, and others. OCP 8-bit floating point specification (OFP8), revision "
       "1.0. Open Compute Project, 2023."},
      {"OCPMX",
       "B. D. Rouhani, N. Garegrat, T. Savell, and others. OCP microscaling formats (MX) specification, version 1.0. "
       "Open Compute Project, 2023."},
      {"Orvieto2023",
       "A. Orvieto, S. L. Smith, A. Gu, A. Fernando, C. Gulcehre, R. Pascanu, S. De. Resurrecting recurrent "
       "neural networks for long sequences. ICML 2023. arXiv:2303.06349."},
      {"Parker1984",
       "R. A. Parker. The computer calculation of modular characters (the Meat-Axe). In: Computational Group Theory, "
       "pp. 267-274, Academic Press, 1984."},
      {"Parnichkun2024",
       "R. N. Parnichkun, S. Massaroli, A. Moro, and others. State-free inference of state-space models: the transfer "
       "function approach. ICML 2024. arXiv:2405.06147."},
      {"Peng2023",
       "B. Peng, E. Alcaide, Q. Anthony, and others. RWKV: reinventing RNNs for the transformer era. EMNLP "
       "Findings 2023. arXiv:2305.13048."},
      {"Peng2024",
       "B. Peng, D. Goldstein, Q. Anthony, and others. Eagle and Finch: RWKV with matrix-valued states and "
       "dynamic recurrence. arXiv:2404.05892, 2024."},
      {"Peng2025",
       "B. Peng, R. Zhang, D. Goldstein, and others. RWKV-7 \"Goose\" with expressive dynamic state evolution. "
       "arXiv:2503.14456, 2025."},
      {"PerlesRabinShamir1963",
       "M. Perles, M. O. Rabin, E. Shamir. The theory of definite automata. IEEE Transactions on Electronic Computers "
       "EC-12(3):233-243, 1963."},
      {"Pin1986",
       "J.-E. Pin. Varieties of Formal Languages. North Oxford Academic (London) and Plenum (New York), 1986."},
      {"Qin2023",
       "Z. Qin, S. Yang, Y. Zhong. Hierarchically gated recurrent neural network for sequence modeling. "
       "NeurIPS 2023. arXiv:2311.04823."},
      {"Qin2024",
       "Z. Qin, S. Yang, W. Sun, X. Shen, D. Li, W. Sun, Y. Zhong. HGRN2: gated linear RNNs with state "
       "expansion. COLM 2024. arXiv:2404.07904."},
      {"RFC3629", "F. Yergeau. UTF-8, a transformation format of ISO 10646. RFC 3629, IETF, 2003."},
      {"RFC3986",
       "T. Berners-Lee, R. Fielding, L. Masinter. Uniform Resource Identifier (URI): Generic Syntax. RFC 3986, IETF, "
       "2005."},
      {"RFC8259",
       "T. Bray (editor). The JavaScript Object Notation (JSON) Data Interchange Format. RFC 8259, IETF, 2017."},
      {"RFC9293", "W. Eddy (editor). Transmission Control Protocol (TCP). RFC 9293, IETF, 2022."},
      {"RabinScott1959",
       "M. O. Rabin, D. Scott. Finite automata and their decision problems. IBM Journal of Research and Development "
       "3(2):114-125, 1959."},
      {"RamirezAlfonsin2005",
       "J. L. Ramírez Alfonsín. The Diophantine Frobenius Problem. Oxford University Press, 2005."},
      {"Rosenblatt1958",
       "F. Rosenblatt. The perceptron: a probabilistic model for information storage and organization in the brain. "
       "Psychological Review 65(6):386-408, 1958."},
      {"RushKaramcheti2022",
       "A. Rush, S. Karamcheti. The annotated S4. ICLR Blog Track, 2022. srush.github.io/annotated-s4."},
      {"Sarrof2024",
       "Y. Sarrof, Y. Veitsman, M. Hahn. The expressive capacity of state space models: a formal language perspective. "
       "NeurIPS 2024. arXiv:2405.17394."},
      {"Scherk1950",
       "P. Scherk. On the decomposition of orthogonalities into symmetries. Proceedings of the American Mathematical "
       "Society 1(4):481-491, 1950."},
      {"Schneider1990",
       "G. J. A. Schneider. Dixon's character table algorithm revisited. Journal of Symbolic Computation "
       "9(5-6):601-606, 1990."},
      {"Schur1917",
       "I. Schur. Über Potenzreihen, die im Innern des Einheitskreises beschränkt sind. Journal für die reine und "
       "angewandte Mathematik 147:205-232, 1917."},
      {"Schutzenberger1961",
       "M. P. Schützenberger. On the definition of a family of automata. Information and Control 4(2-3):245-270, "
       "1961."},
      {"Schutzenberger1965",
       "M. P. Schützenberger. On finite monoids having only trivial subgroups. Information and Control 8(2):190-194, "
       "1965."},
      {"Schutzenberger1976",
       "M. P. Schützenberger. Sur le produit de concaténation non ambigu. Semigroup Forum 13:47-75, 1976."},
      {"Seress2003",
       "Á. Seress. Permutation Group Algorithms. Cambridge Tracts in Mathematics 152, Cambridge University Press, "
       "2003."},
      {"Shakerinava2026",
       "Shakerinava, Khavari, Ravanbakhsh, Chandar. On groups tracked by diagonal state space models. ICLR "
       "2026. arXiv:2603.01959 (title paraphrased)."},
      {"Siems2025",
       "J. Siems, T. Carstensen, A. Zela, F. Hutter, M. Pontil, R. Grazzi. DeltaProduct: improving state-tracking in "
       "linear RNNs via Householder products. NeurIPS 2025. arXiv:2502.10297."},
      {"Simon1975",
       "I. Simon. Piecewise testable events. In: Automata Theory and Formal Languages, LNCS 33, pp. 214-222, Springer, "
       "1975."},
      {"Smith2023",
       "J. T. H. Smith, A. Warrington, S. W. Linderman. Simplified state space layers for sequence "
       "modeling. ICLR 2023. arXiv:2208.04933."},
      {"Steele2014",
       "G. L. Steele Jr., D. Lea, C. H. Flood. Fast splittable pseudorandom number generators. OOPSLA 2014."},
      {"Straubing1994", "H. Straubing. Finite Automata, Formal Logic, and Circuit Complexity. Birkhäuser, 1994."},
      {"Su10017",
       "J. Su. Attention as a recurrent network of quadratic time (in Chinese). kexue.fm/archives/10017, 2024."},
      {"Su10114",
       "J. Su. Revisiting SSM, 1: linear systems and the HiPPO matrix (in Chinese). kexue.fm/archives/10114, 2024."},
      {"Su10137",
       "J. Su. Revisiting SSM, 2: some questions HiPPO left open (in Chinese). kexue.fm/archives/10137, 2024."},
      {"Su10162",
       "J. Su. Revisiting SSM, 3: efficient computation of HiPPO, S4 (in Chinese). kexue.fm/archives/10162, 2024."},
      {"Su10180",
       "J. Su. Revisiting SSM, part 4: the rational transfer function (in Chinese). kexue.fm/archives/10180, 2024."},
      {"Su5643",
       "J. Su. Recurrent networks and ordinary differential equations (in Chinese). kexue.fm/archives/5643, 2018."},
      {"Su9554",
       "J. Su. Google's new work tries to revive the RNN (in Chinese; on the LRU). kexue.fm/archives/9554, 2023."},
      {"Su9783", "J. Su. Parallelising non-linear RNNs (in Chinese). kexue.fm/archives/9783, 2023."},
      {"Sun2023",
       "Y. Sun, L. Dong, S. Huang, and others. Retentive network: a successor to transformer for large "
       "language models. arXiv:2307.08621, 2023."},
      {"SunEtAl2024",
       "Y. Sun, X. Li, K. Dalal, and others. Learning to (learn at test time): RNNs with expressive hidden states. "
       "ICML "
       "2025. arXiv:2407.04620."},
      {"Tarjan1972",
       "R. E. Tarjan. Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2):146-160, 1972."},
      {"Terzic2025",
       "A. Terzić and others. Structured sparse transition matrices to enable state tracking in state-space "
       "models. NeurIPS 2025. arXiv:2509.22284."},
      {"Terzic2025b",
       "A. Terzić and others. On the expressiveness and length generalization of selective state-space "
       "models on regular languages. AAAI 2025. arXiv:2412.19350."},
      {"TessonTherien2002",
       "P. Tesson, D. Thérien. Diamonds are forever: the variety DA. In: Semigroups, Algorithms, Automata and "
       "Languages, pp. 475-499, World Scientific, 2002."},
      {"TherienWeiss1985",
       "D. Thérien, A. Weiss. Graph congruences and wreath products. Journal of Pure and Applied Algebra 36:205-215, "
       "1985."},
      {"Tomita1982",
       "M. Tomita. Dynamic construction of finite-state automata from examples using hill-climbing. Proceedings of the "
       "Fourth Annual Conference of the Cognitive Science Society, pp. 105-108, Ann Arbor, 1982."},
      {"VoelkerEtAl2019",
       "A. R. Voelker, I. Kajić, C. Eliasmith. Legendre memory units: continuous-time representation in recurrent "
       "neural "
       "networks. NeurIPS 2019."},
      {"Walker2025",
       "B. Walker and others. Structured linear controlled differential equations: maximally expressive and "
       "parallel-in-time sequence models. NeurIPS 2025. arXiv:2505.17761."},
      {"Washington1997",
       "L. C. Washington. Introduction to Cyclotomic Fields. Graduate Texts in Mathematics 83, Springer, second "
       "edition "
       "1997."},
      {"Weiss2018",
       "G. Weiss, Y. Goldberg, E. Yahav. Extracting automata from recurrent neural networks using queries and "
       "counterexamples. ICML 2018. arXiv:1711.09576."},
      {"Yang2024",
       "S. Yang, B. Wang, Y. Zhang, Y. Shen, Y. Kim. Parallelizing linear transformers with the delta rule over "
       "sequence length. NeurIPS 2024. arXiv:2406.06484."},
      {"Yang2024b",
       "S. Yang, B. Wang, Y. Shen, R. Panda, Y. Kim. Gated linear attention transformers with "
       "hardware-efficient training. ICML 2024. arXiv:2312.06635."},
      {"Yang2025",
       "S. Yang, J. Kautz, A. Hatamizadeh. Gated delta networks: improving Mamba2 with delta rule. ICLR "
       "2025. arXiv:2412.06464."},
  };
  return references;
}

}  // namespace eigenmata::core
