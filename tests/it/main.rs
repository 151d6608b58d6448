//! All integration tests as one program: it is linked once.

mod action;
mod architecture;
mod book;
mod circles;
mod cli;
mod conformance;
mod defaults;
mod fuzz;
mod harness;
mod links;
mod packages;
mod papers;
mod plugins;
mod python;
mod registry;
mod scripts;
